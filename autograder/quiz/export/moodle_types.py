"""What each type of question becomes in Moodle."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple, assert_never

from ...i18n import Text
from ..answer.numbers import show_exact
from ..draw.replica import Choices, Cloze, Match, Number, Order, Remark, Replica, Shape, Words, WrongLine
from . import cloze, spell
from .html import Writer, has_tex
from .model import Notes
from .moodle_xml import DIGITS, answer, percent, sub, text_element

Known = Mapping[str, tuple[str, ...]]


class Built(NamedTuple):
    """A question's type and the elements of the type.

    Attributes
    ----------
    after
        HTML below the stem: how to answer.
    stem
        HTML instead of the stem, for gaps.
    """

    kind: str
    elements: list[ET.Element]
    after: str = ""
    stem: str | None = None


SHAPE_HINT = Text("Answer like (3, 4).", "(3, 4) のように答えてください。")
LINES_HINT = Text(
    "Answer on one line, with a blank where a new line begins.", "改行の代わりに空白を入れて、1 行で答えてください。"
)
LETTERS_HINT = Text("Answer with the letters in order, like: b a c", "記号を順に並べて b a c のように答えてください。")


def build(replica: Replica, writer: Writer, notes: Notes, known: Known, ordering: bool = True) -> Built | None:
    """The question of a replica; None for what cannot be asked."""
    hint = _hint(writer)
    item = replica.item
    match replica.body:
        case Choices() as body:
            return Built("multichoice", _choices(body, item, writer, notes, replica.kind == "output"))
        case Number() as body:
            return Built("numerical", _number(body, item, writer, notes))
        case Shape() as body:
            return Built("shortanswer", _shape(body, item, writer, notes), hint(SHAPE_HINT))
        case Words() as body:
            several = body.printed and "\n" in body.shown.en
            return Built("shortanswer", _words(body, item, writer, notes, known), hint(LINES_HINT) if several else "")
        case Match() as body:
            return Built("matching", _match(body, item, writer, notes))
        case Order() as body:
            return _order(replica, body, writer, notes, ordering)
        case Cloze():
            return Built("cloze", [], "", cloze.stem(replica, writer, notes, known))
        case WrongLine() as body:
            return Built("multichoice", _lines(replica, body, writer, notes))
        case _:
            assert_never(replica.body)


def _hint(writer: Writer) -> Callable[[Text], str]:
    return lambda text: f"<p><em>{writer.inline(text)}</em></p>"


def _choices(body: Choices, item: str, writer: Writer, notes: Notes, verbatim: bool) -> list[ET.Element]:
    right = sum(c.correct for c in body.choices)
    wrong = len(body.choices) - right
    if body.several and body.rule != "net":
        notes.add(
            item,
            f"Moodle: the rule '{body.rule}' for several choices became: right minus wrong ticks",
            f"Moodle: 複数選択の採点規則 {body.rule} は使えないため、「正しい選択 − 誤った選択」で採点します",
        )
    answers = []
    for choice in body.choices:
        if body.several:
            credit = Fraction(1, right) if choice.correct else -Fraction(1, wrong)
        else:
            credit = Fraction(1) if choice.correct else choice.remark.credit
        text = writer.verbatim(choice.text) if verbatim else writer.inline(choice.text)
        answers.append(answer(text, percent(credit, item, notes), choice.remark.feedback, writer, html=True))
    return [*_multichoice_head(not body.several, shuffle=False), *answers]


def _multichoice_head(single: bool, shuffle: bool, numbering: str = "abc") -> list[ET.Element]:
    # The variants are shuffled already; Moodle shuffles again where the quiz says so.
    head = [ET.Element(tag) for tag in ("single", "shuffleanswers", "answernumbering", "showstandardinstruction")]
    for element, text in zip(head, (str(single).lower(), str(shuffle).lower(), numbering, "0"), strict=True):
        element.text = text
    return head


def _number(body: Number, item: str, writer: Writer, notes: Notes) -> list[ET.Element]:
    notes.add(item, *DIGITS)
    elements = []
    for value, remark in [(body.value, Remark(Fraction(1))), *body.distractors]:
        wide = spell.tolerance(body, value)
        element = answer(show_exact(value, wide), percent(remark.credit, item, notes), remark.feedback, writer)
        sub(element, "tolerance", show_exact(wide, wide))
        elements.append(element)
    if body.unit is None:
        return elements
    units = ET.Element("units")
    for name in dict.fromkeys((body.unit.get(writer.lang), body.unit.en, body.unit.ja)):
        unit = sub(units, "unit")
        sub(unit, "multiplier", "1")
        sub(unit, "unit_name", name)
    settings = [ET.Element(tag) for tag in ("unitgradingtype", "unitpenalty", "showunits", "unitsleft")]
    for element, text in zip(settings, ("0", "0", "0", "0"), strict=True):  # a unit may be written, or not
        element.text = text
    return [*elements, units, *settings]


def _short(pairs: list[tuple[list[str], Remark]], item: str, writer: Writer, notes: Notes) -> list[ET.Element]:
    usecase = ET.Element("usecase")
    usecase.text = "0"
    seen: set[str] = set()
    elements = [usecase]
    for texts, remark in pairs:
        for text in texts:
            if text.lower() not in seen:
                seen.add(text.lower())
                # A star would match anything.
                fraction = percent(remark.credit, item, notes)
                elements.append(answer(text.replace("*", r"\*"), fraction, remark.feedback, writer))
    return elements


_RIGHT = Remark(Fraction(1))


def _shape(body: Shape, item: str, writer: Writer, notes: Notes) -> list[ET.Element]:
    if body.per_axis and len(body.value) > 1:
        notes.add(
            item,
            "Moodle: no credit for single axes of a shape",
            "Moodle: 形状の軸ごとの部分点は付きません",
        )
    _spelled(item, notes)
    wrong = [(spell.shape_spellings(shape), remark) for shape, remark in body.distractors]
    return _short([(spell.shape_spellings(body.value), _RIGHT), *wrong], item, writer, notes)


def _words(body: Words, item: str, writer: Writer, notes: Notes, known: Known) -> list[ET.Element]:
    _spelled(item, notes)
    if body.regexes:
        notes.add(item, "Moodle: no regular expressions", "Moodle: 正規表現による採点は移せません")
    wrong = [(spell.wrong_words(body, accepted, known), remark) for accepted, remark in body.distractors]
    return _short([(spell.words(body, known), _RIGHT), *wrong], item, writer, notes)


def _spelled(item: str, notes: Notes) -> None:
    notes.add(
        item,
        "Moodle: text answers are compared letter by letter; the usual spellings are listed, others count as wrong",
        "Moodle: 文字で答える問題は 1 文字ずつ比べられます。よくある書き方は登録しましたが、それ以外は誤答になります",
    )


def _match(body: Match, item: str, writer: Writer, notes: Notes) -> list[ET.Element]:
    rights = dict(body.rights)
    key = dict(body.key)
    if not body.each:
        notes.add(
            item, "Moodle: each pair counts", "Moodle: 組ごとに部分点が付きます（全問正解のみの設定は移せません）"
        )
    if any(has_tex(text) for text in rights.values()):
        notes.add(
            item,
            "Moodle: formulas in the menus of a matching question are plain characters",
            "Moodle: 組み合わせ問題の選択欄では、数式は普通の文字で表示されます",
        )
    shuffle = ET.Element("shuffleanswers")
    shuffle.text = "true"
    elements = [shuffle]
    # Moodle takes rights with the same text for one.
    used = {writer.label(rights[key[letter]]) for letter, _ in body.lefts}
    pairs = [(writer.inline(left), writer.label(rights[key[letter]])) for letter, left in body.lefts]
    extra = spell.unique(writer.label(text) for text in rights.values())
    for left, right in [*pairs, *(("", text) for text in extra if text not in used)]:
        element = text_element(None, "subquestion", left, html=True)
        text_element(element, "answer", right)
        elements.append(element)
    return elements


def _order(replica: Replica, body: Order, writer: Writer, notes: Notes, ordering: bool) -> Built | None:
    item = replica.item
    orders = spell.right_orders(body)
    steps = dict(body.steps)
    if len(orders) == 1 and ordering:
        notes.add(
            item,
            "Moodle: ordering questions need Moodle 4.4, or the plugin qtype_ordering; "
            "without it export with --no-ordering",
            "Moodle: 並べ替え問題には Moodle 4.4 以降（またはプラグイン qtype_ordering）が必要です。"
            "ない場合は --no-ordering を付けて書き出してください",
        )
        if body.pairs:
            notes.add(
                item,
                "Moodle: the share of pairs in order counts as it is, so that a random order gets about half",
                "Moodle: 正しい順の組の割合がそのまま点になるため、でたらめに並べても半分ほどの点になります",
            )
        return Built("ordering", _ordering(body, writer, steps))
    if len(orders) > spell.MAX_ORDERS:
        notes.add(
            item,
            "Moodle: left out, too many orders are right",
            "Moodle: 正しい順序が多すぎるため、この問題は省きました",
        )
        return None
    if len(orders) > 1:
        notes.add(
            item,
            "Moodle: several orders are right, so it is answered with letters, all or nothing",
            "Moodle: 正しい順序が複数あるため、記号で答える問題にしました（部分点はありません）",
        )
    else:
        notes.add(
            item,
            "Moodle: an order is answered with letters, all or nothing",
            "Moodle: 並べ替えは記号で答える問題にしました（部分点はありません）",
        )
    listed = "".join(f"<li>{writer.inline(text)}</li>" for _, text in body.steps)
    after = f'<ol type="a">{listed}</ol>{_hint(writer)(LETTERS_HINT)}'
    return Built("shortanswer", _short([(spell.order_spellings(orders), _RIGHT)], item, writer, notes), after)


def _ordering(body: Order, writer: Writer, steps: dict[str, Text]) -> list[ET.Element]:
    settings = {
        "layouttype": "VERTICAL",
        "selecttype": "ALL",
        "selectcount": str(len(steps)),
        "gradingtype": "RELATIVE_ALL_PREVIOUS_AND_NEXT" if body.pairs else "ALL_OR_NOTHING",
        "showgrading": "SHOW",
        "numberingstyle": "none",
        "shownumcorrect": "1",
    }
    elements = []
    for tag, value in settings.items():
        elements.append(ET.Element(tag))
        elements[-1].text = value
    for place, letter in enumerate(body.solution, 1):
        text = writer.inline(steps[letter])
        elements.append(text_element(None, "answer", text, html=True, fraction=f"{place}.0000000"))
    return elements


def _lines(replica: Replica, body: WrongLine, writer: Writer, notes: Notes) -> list[ET.Element]:
    remarks = {body.line: _RIGHT, **{line: r for line, r in body.distractors if line != body.line}}
    answers = []
    for number, line in enumerate((replica.code or "").split("\n"), 1):
        if line.strip():
            remark = remarks.get(number, Remark())
            text = f"{number}: {writer.code(line)}"
            fraction = percent(remark.credit, replica.item, notes)
            answers.append(answer(text, fraction, remark.feedback, writer, html=True))
    return [*_multichoice_head(single=True, shuffle=False, numbering="none"), *answers]
