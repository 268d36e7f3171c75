r"""Moodle's notation of embedded answers: ``{1:NUMERICAL:=0.5:0.01~%0%1:0.01#Why?}``.

Moodle looks for ``{weight:TYPE:`` in the HTML of the question and reads on to the first ``}``
that stands for itself. ``~ } # \`` and the like would end an answer early; within answers and
feedback Moodle decodes HTML entities once, so everything special is written as one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

from ..answer.numbers import show_exact
from ..draw.replica import Choices, Cloze, Gap, Number, Remark, Replica, Words
from . import spell
from .html import Writer, has_tex
from .model import Notes
from .moodle_xml import DIGITS, percent

_SPECIAL = re.compile(r"[~{}#\\&]")


def stem(replica: Replica, writer: Writer, notes: Notes, known: Mapping[str, tuple[str, ...]]) -> str:
    """The text of the question as HTML with its gaps in it."""
    body = replica.body
    assert isinstance(body, Cloze)
    if not body.each:
        notes.add(
            replica.item,
            "Moodle: each gap counts",
            "Moodle: 空欄ごとに部分点が付きます（全問正解のみの設定は移せません）",
        )
    fields = {gap.name: _field(gap, replica.item, writer, notes, known) for gap in body.gaps}
    text = writer.blocks(replica.stem)
    if writer.both and replica.stem.en != replica.stem.ja:
        # Each gap may be there once only, though the text is there twice.
        numbers = {gap.name: f"({i})" for i, gap in enumerate(body.gaps, 1)}
        text = _filled(text, {name: f"<strong>{n}</strong>" for name, n in numbers.items()})
        return text + "<ul>" + "".join(f"<li>{numbers[name]} {field}</li>" for name, field in fields.items()) + "</ul>"
    return _filled(text, fields)


def _filled(text: str, fields: Mapping[str, str]) -> str:
    return re.sub(r"\[\[([\w-]+)\]\]", lambda m: fields.get(m[1], m[0]), text)


def _field(gap: Gap, item: str, writer: Writer, notes: Notes, known: Mapping[str, tuple[str, ...]]) -> str:
    match gap.body:
        case Choices() as body:
            # A menu shows plain text only.
            menu = not any(has_tex(c.text) for c in body.choices)
            write = writer.label if menu else writer.inline
            options = [
                _option(
                    escaped(write(c.text)),
                    Remark(Fraction(1), None, c.remark.feedback) if c.correct else c.remark,
                    item,
                    writer,
                    notes,
                )
                for c in body.choices
            ]
            kind = "MULTICHOICE" if menu else "MULTICHOICE_V"
        case Number() as body:
            options = []
            for value, remark in [(body.value, Remark(Fraction(1))), *body.distractors]:
                wide = body.tolerance(value)
                text = f"{show_exact(value, wide)}:{show_exact(wide, wide)}"
                options.append(_option(text, remark, item, writer, notes))
            kind = "NUMERICAL"
            notes.add(item, *DIGITS)
        case Words() as body:
            pairs = [(spell.words(body, known), Remark(Fraction(1)))]
            pairs += [(spell.wrong_words(body, accepted, known), remark) for accepted, remark in body.distractors]
            options = [
                _option(escaped(w.replace("*", r"\*")), remark, item, writer, notes)
                for words, remark in pairs
                for w in spell.unique_in_any_case(words)
            ]
            kind = "SHORTANSWER"
            if body.regexes:
                notes.add(item, "Moodle: no regular expressions", "Moodle: 正規表現による採点は移せません")
            notes.add(
                item,
                "Moodle: text answers are compared letter by letter; the usual spellings are listed, "
                "others count as wrong",
                "Moodle: 文字で答える問題は 1 文字ずつ比べられます。よくある書き方は登録しましたが、"
                "それ以外は誤答になります",
            )
        case _:
            assert_never(gap.body)
    unit = ""
    if isinstance(gap.body, Number) and gap.body.unit:
        unit = f" {writer.inline(gap.body.unit)}"
    return f"{{1:{kind}:{'~'.join(options)}}}{unit}"


def _option(text: str, remark: Remark, item: str, writer: Writer, notes: Notes) -> str:
    fraction = percent(remark.credit, item, notes)
    feedback = f"#{escaped(writer.inline(remark.feedback))}" if remark.feedback else ""
    return f"{'=' if fraction == '100' else f'%{fraction}%'}{text}{feedback}"


def escaped(html: str) -> str:
    """HTML as a part of an answer; Moodle decodes it once."""
    return _SPECIAL.sub(lambda m: f"&#{ord(m[0])};", html).replace("\n", " ")
