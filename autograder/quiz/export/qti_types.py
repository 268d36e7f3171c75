"""What each type of question becomes in Canvas."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from ...i18n import Text
from ..answer.numbers import show_exact
from ..draw.replica import Choices, Cloze, Gap, Match, Number, Order, Remark, Replica, Shape, Words, WrongLine
from . import spell
from .html import Writer, has_tex
from .model import Notes
from .moodle_types import LETTERS_HINT, LINES_HINT, SHAPE_HINT
from .qti_xml import condition, equal, material, sub

Known = Mapping[str, tuple[str, ...]]
DIGITS = (
    "Canvas: a number must be typed in half-width digits, as 0.25; full-width digits, 1/4 and 'about' count as wrong",
    "Canvas: 数値は 0.25 のように半角で入力する必要があります。全角数字、1/4、「約」などは誤答になります",
)
DECIMALS_HINT = Text(
    f"Write numbers as rounded decimals, with {spell.MOST_DECIMALS} decimals at most.",
    f"数値は四捨五入した小数で書いてください（小数点以下 {spell.MOST_DECIMALS} 桁まで）。",
)
LETTER_HINT = Text(
    "Type the letter of your choice into the gaps with choices.", "選択肢のある空欄には、選んだ記号を入力してください。"
)


def rich(text: Text, writer: Writer) -> str:
    """HTML that Canvas stores as HTML: what has no tag of its own in it becomes plain text there, entities and all."""
    html = writer.blocks(text)
    return html if html.startswith("<") else f"{writer.dialect.paragraph}{html}</p>"


class Numbers:
    """Running numbers, as identifiers of answers."""

    def __init__(self) -> None:
        self._next = itertools.count(1000)

    def take(self) -> str:
        return str(next(self._next))


@dataclass
class Question:
    """The parts of an item that depend on its type.

    Attributes
    ----------
    kind
        Canvas's name of the type.
    answers
        Identifiers of the answers.
    feedback
        HTML by the identifier of the answer that it belongs to.
    after
        HTML below the stem: how to answer.
    stem
        HTML instead of the stem, for gaps.
    """

    kind: str
    responses: list[ET.Element] = field(default_factory=list)
    conditions: list[ET.Element] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    feedback: dict[str, str] = field(default_factory=dict)
    after: str = ""
    stem: str | None = None


def build(replica: Replica, writer: Writer, notes: Notes, known: Known, numbers: Numbers) -> Question | None:
    """The question of a replica; None for what cannot be asked."""
    item = replica.item
    match replica.body:
        case Choices() as body:
            write = writer.verbatim if replica.kind == "output" else writer.inline
            options = [(write(c.text), c.correct, c.remark) for c in body.choices]
            return _choices(options, body, item, writer, notes, numbers)
        case Number() as body:
            return _number(body, item, writer, notes, numbers)
        case Shape() as body:
            if body.per_axis and len(body.value) > 1:
                notes.add(
                    item,
                    "Canvas: no credit for single axes of a shape",
                    "Canvas: 形状の軸ごとの部分点は付きません",
                )
            wrong = [(spell.shape_spellings(shape), remark) for shape, remark in body.distractors]
            right = spell.shape_spellings(body.value)
            return _short(right, wrong, item, writer, notes, numbers, SHAPE_HINT)
        case Words() as body:
            if body.regexes:
                notes.add(item, "Canvas: no regular expressions", "Canvas: 正規表現による採点は移せません")
            wrong = [(spell.wrong_words(body, accepted, known), remark) for accepted, remark in body.distractors]
            hint = LINES_HINT if body.printed and "\n" in body.shown.en else None
            return _short(spell.words(body, known), wrong, item, writer, notes, numbers, hint)
        case Match() as body:
            rights = dict(body.rights)
            pairs = [(rich(left, writer), writer.line(rights[dict(body.key)[a]])) for a, left in body.lefts]
            if any(has_tex(text) for text in rights.values()):
                notes.add(
                    item,
                    "Canvas: formulas in the menus of a matching question are plain characters",
                    "Canvas: 組み合わせ問題の選択欄では、数式は普通の文字で表示されます",
                )
            if not body.each:
                notes.add(item, "Canvas: each pair counts", "Canvas: 組ごとに部分点が付きます")
            return _matching(pairs, [writer.line(text) for text in rights.values()], numbers)
        case Order() as body:
            return _order(body, item, writer, notes, numbers)
        case Cloze() as body:
            return _cloze(replica, body, writer, notes, known, numbers)
        case WrongLine() as body:
            remarks = dict(body.distractors)
            options = [
                (f"{number}: {writer.code(line)}", number == body.line, remarks.get(number, Remark()))
                for number, line in enumerate((replica.code or "").split("\n"), 1)
                if line.strip()
            ]
            return _choices(options, Choices(()), item, writer, notes, numbers)
        case _:
            assert_never(replica.body)


def _no_remarks(remarks: Iterable[Remark], item: str, notes: Notes, feedback: bool) -> None:
    """Say what of the wrong answers is lost: their credit, and where there is no place for it their feedback."""
    found = list(remarks)
    if any(r.credit > 0 for r in found):
        notes.add(
            item,
            "Canvas: a wrong answer gets no partial credit",
            "Canvas: 誤答への部分点は付きません",
        )
    if feedback and any(r.feedback for r in found):
        notes.add(
            item,
            "Canvas: no feedback on single wrong answers in this type of question",
            "Canvas: この形式では、誤答ごとのフィードバックは表示できません",
        )


def _choices(
    options: list[tuple[str, bool, Remark]], body: Choices, item: str, writer: Writer, notes: Notes, numbers: Numbers
) -> Question:
    several = body.several
    question = Question("multiple_answers_question" if several else "multiple_choice_question")
    response = ET.Element("response_lid", ident="response1", rcardinality="Multiple" if several else "Single")
    choice = sub(response, "render_choice")
    marked = [(numbers.take(), *option) for option in options]
    for ident, html, _, remark in marked:
        material(sub(choice, "response_label", ident=ident), html)
        question.answers.append(ident)
        if remark.feedback:
            question.feedback[ident] = rich(remark.feedback, writer)
            told = condition(True, feedback=ident)
            equal(told[0], ident)
            question.conditions.append(told)
    question.responses.append(response)
    right = condition(False, ("Set", "100"))
    if several:
        both = sub(right[0], "and")
        for ident, _, correct, _ in marked:
            equal(both if correct else sub(both, "not"), ident)
        notes.add(
            item,
            f"Canvas: several choices are scored by its own rule (each wrong tick costs as much as a right one "
            f"brings), not by '{body.rule}'",
            "Canvas: 複数選択は Canvas 独自の規則（誤りを 1 つ選ぶと、正解 1 つ分の減点）で採点されます"
            f"（{body.rule} は移せません）",
        )
    else:
        equal(right[0], next(ident for ident, _, correct, _ in marked if correct))
        _no_remarks((remark for _, _, correct, remark in marked if not correct), item, notes, feedback=False)
    question.conditions.append(right)
    return question


def _number(body: Number, item: str, writer: Writer, notes: Notes, numbers: Numbers) -> Question:
    question = Question("numerical_question", answers=[numbers.take()])
    if body.unit:
        unit = Text(f"Answer in {body.unit.en}, without the unit.", f"単位（{body.unit.ja}）は書かずに答えてください。")
        question.after = _hint(unit, writer)
    response = ET.Element("response_str", ident="response1", rcardinality="Single")
    sub(sub(response, "render_fib", fibtype="Decimal"), "response_label", ident="answer1")
    question.responses.append(response)
    right = condition(False, ("Set", "100"))
    either = sub(right[0], "or")
    equal(either, show_exact(body.value, body.tolerance()))
    between = sub(either, "and")
    low, high = map(spell.plain_decimal, spell.edges(body))
    sub(between, "vargte", low, respident="response1")
    sub(between, "varlte", high, respident="response1")
    question.conditions.append(right)
    _no_remarks((remark for _, remark in body.distractors), item, notes, feedback=True)
    notes.add(item, *DIGITS)
    return question


def _hint(text: Text, writer: Writer) -> str:
    return f"<p><em>{writer.inline(text)}</em></p>"


def _short(
    right: list[str],
    wrong: list[tuple[list[str], Remark]],
    item: str,
    writer: Writer,
    notes: Notes,
    numbers: Numbers,
    hint: Text | None,
) -> Question:
    question = Question("short_answer_question", after=_hint(hint, writer) if hint else "")
    response = ET.Element("response_str", ident="response1", rcardinality="Single")
    sub(sub(response, "render_fib"), "response_label", ident="answer1", rshuffle="No")
    question.responses.append(response)
    _spelled(item, notes)
    # An answer of a Canvas short answer is a right one: there is no place for a wrong answer's feedback.
    _no_remarks((remark for _, remark in wrong), item, notes, feedback=True)
    found = condition(False, ("Set", "100"))
    for text in spell.unique_in_any_case(right):
        equal(found[0], text)
        question.answers.append(numbers.take())
    question.conditions.append(found)
    return question


def _spelled(item: str, notes: Notes) -> None:
    notes.add(
        item,
        "Canvas: text answers are compared letter by letter; the usual spellings are listed, others count as wrong",
        "Canvas: 文字で答える問題は 1 文字ずつ比べられます。よくある書き方は登録しましたが、それ以外は誤答になります",
    )


def _matching(pairs: list[tuple[str, str]], rights: list[str], numbers: Numbers) -> Question:
    """A menu of all rights at each left; equal rights are one."""
    question = Question("matching_question")
    idents = {text: numbers.take() for text in spell.unique(rights)}
    share = f"{100 / len(pairs):.2f}"
    for left, right in pairs:
        number = numbers.take()
        question.answers.append(number)
        response = ET.Element("response_lid", ident=f"response_{number}")
        material(response, left)
        choice = sub(response, "render_choice")
        for text, ident in idents.items():
            material(sub(choice, "response_label", ident=ident), text, html=False)
        question.responses.append(response)
        hit = condition(True, ("Add", share))
        equal(hit[0], idents[right], f"response_{number}")
        question.conditions.append(hit)
    return question


def _order(body: Order, item: str, writer: Writer, notes: Notes, numbers: Numbers) -> Question | None:
    orders = spell.right_orders(body)
    if len(orders) == 1:
        notes.add(
            item,
            "Canvas: has no ordering; each step is matched with its place, and each place counts",
            "Canvas: 並べ替えの形式がないため、手順と順番を組み合わせる問題にしました（位置ごとに点が付きます）",
        )
        place = {letter: str(i) for i, letter in enumerate(body.solution, 1)}
        pairs = [(rich(text, writer), place[letter]) for letter, text in body.steps]
        return _matching(pairs, sorted(place.values(), key=int), numbers)
    if len(orders) > spell.MAX_ORDERS:
        notes.add(
            item,
            "Canvas: left out, too many orders are right",
            "Canvas: 正しい順序が多すぎるため、この問題は省きました",
        )
        return None
    notes.add(
        item,
        "Canvas: several orders are right, so it is answered with letters, all or nothing",
        "Canvas: 正しい順序が複数あるため、記号で答える問題にしました（部分点はありません）",
    )
    question = _short(spell.order_spellings(orders), [], item, writer, notes, numbers, LETTERS_HINT)
    listed = "".join(f"<li>{writer.inline(text)}</li>" for _, text in body.steps)
    question.after = f'<ol type="a">{listed}</ol>{question.after}'
    return question


def _cloze(replica: Replica, body: Cloze, writer: Writer, notes: Notes, known: Known, numbers: Numbers) -> Question:
    """Menus where every gap has options, else text fields: Canvas mixes the two in no question."""
    item = replica.item
    menus = all(isinstance(gap.body, Choices) for gap in body.gaps)
    question = Question("multiple_dropdowns_question" if menus else "fill_in_multiple_blanks_question")
    share = f"{100 / len(body.gaps):.2f}"
    if not body.each:
        notes.add(item, "Canvas: each gap counts", "Canvas: 空欄ごとに部分点が付きます")
    listed = []
    prefix = _prefix(replica)
    marks = {}
    for i, gap in enumerate(body.gaps, 1):
        name = f"{prefix}{i}"
        unit = f" {writer.inline(gap.body.unit)}" if isinstance(gap.body, Number) and gap.body.unit else ""
        marks[gap.name] = f"[{name}]{unit}"
        response = ET.Element("response_lid", ident=f"response_{name}")
        material(response, name, html=False)
        choice = sub(response, "render_choice")
        first = True
        for text, correct in _accepted(gap, menus, writer, known):
            ident = numbers.take()
            material(sub(choice, "response_label", ident=ident), text, html=False)
            question.answers.append(ident)
            if correct and first:
                hit = condition(True, ("Add", share))
                equal(hit[0], ident, f"response_{name}")
                question.conditions.append(hit)
                first = False
        question.responses.append(response)
        if isinstance(gap.body, Choices) and not menus:
            marks[gap.name] = f"({i}) {marks[gap.name]}"
            options = "; ".join(f"{c.id}: {writer.inline(c.text)}" for c in gap.body.choices)
            listed.append(f"<li>({i}) {options}</li>")
        _gap_notes(gap, menus, item, notes)
    question.stem = re.sub(r"\[\[([\w-]+)\]\]", lambda m: marks.get(m[1], m[0]), writer.blocks(replica.stem))
    question.after = f"<ul>{''.join(listed)}</ul>{_hint(LETTER_HINT, writer)}" if listed else ""
    if any(isinstance(gap.body, Number) for gap in body.gaps):
        question.after += _hint(DECIMALS_HINT, writer)
    return question


def _prefix(replica: Replica) -> str:
    """A name for gaps with which no other pair of brackets begins: Canvas finds a gap by its brackets."""
    there = " ".join((*replica.stem.as_dict().values(), replica.code or ""))
    return next(p for n in itertools.count() if f"[{(p := 'gap' + '_' * n)}" not in there)


def _accepted(gap: Gap, menus: bool, writer: Writer, known: Known) -> list[tuple[str, bool]]:
    """What a gap lists: all options of a menu, or all spellings of the right answer."""
    match gap.body:
        case Choices() as body if menus:
            return [(writer.line(c.text), c.correct) for c in body.choices]
        case Choices() as body:
            right = [c for c in body.choices if c.correct]
            return [(t, True) for c in right for t in (c.id, writer.line(c.text))]
        case Number() as body:
            return [(t, True) for t in spell.number_spellings(body)]
        case Words() as body:
            return [(t, True) for t in spell.unique_in_any_case(spell.words(body, known))]
        case _:
            assert_never(gap.body)


def _gap_notes(gap: Gap, menus: bool, item: str, notes: Notes) -> None:
    match gap.body:
        case Choices() as body:
            _no_remarks((c.remark for c in body.choices if not c.correct), item, notes, feedback=True)
            if not menus:
                notes.add(
                    item,
                    "Canvas: a gap with options beside gaps without became a text field; the options are listed below",
                    "Canvas: 選択式と記述式の空欄は混在できないため、選択肢を下に示して文字で答える形にしました",
                )
        case Number() as body:
            _no_remarks((r for _, r in body.distractors), item, notes, feedback=True)
            notes.add(
                item,
                "Canvas: a gap knows no tolerance; the numbers within it are listed, and where they are many the "
                f"rounded answer with up to {spell.MOST_DECIMALS} decimals",
                "Canvas: 空欄では許容誤差を指定できないため、範囲内の数値を列挙しました。多い場合は、正解を"
                f"小数点以下 {spell.MOST_DECIMALS} 桁までで丸めた値だけです",
            )
            notes.add(item, *DIGITS)
        case Words() as body:
            _no_remarks((r for _, r in body.distractors), item, notes, feedback=True)
            _spelled(item, notes)
            if body.regexes:
                notes.add(item, "Canvas: no regular expressions", "Canvas: 正規表現による採点は移せません")
        case _:
            assert_never(gap.body)
