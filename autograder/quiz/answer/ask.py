"""Whether an answer can be understood, without knowing the right one.

For graded quizzes on a student's machine: the same readers as `score` uses, so that what is
accepted here will be scored there.
"""

from __future__ import annotations

from typing import Any, assert_never

from ...i18n import Text
from ..draw.choices import parse_choice, parse_choices, parse_line, parse_pairs, parse_sequence
from ..page.sealed import Ask, AskChoices, AskGaps, AskLine, AskMatch, AskNumber, AskOrder, AskShape, AskText
from .numbers import NotUnderstood, parse_number, parse_shape, quoted
from .score import gap_answers, is_blank


def problem_of(ask: Ask, raw: Any) -> Text | None:
    """Why an answer cannot be read, and how to write it; None where all is well (or blank)."""
    if is_blank(raw):
        return None
    try:
        _read(ask, raw)
    except NotUnderstood as error:
        return error.text
    return None


def _read(ask: Ask, raw: Any) -> None:
    match ask:
        case AskChoices():
            (parse_choices if ask.several else parse_choice)(raw, [i for i, _ in ask.choices])
        case AskNumber():
            parse_number(raw, (ask.unit.en, ask.unit.ja) if ask.unit else ())
        case AskShape():
            parse_shape(raw)
        case AskMatch():
            parse_pairs(raw, [i for i, _ in ask.lefts], [n for n, _ in ask.rights])
        case AskOrder():
            parse_sequence(raw, sorted(i for i, _ in ask.steps))
        case AskLine():
            line = parse_line(raw)
            if line > ask.lines:
                raise NotUnderstood(
                    f"{quoted(raw)}: the listing has {ask.lines} lines", f"{quoted(raw)}: 行は {ask.lines} 行目までです"
                )
        case AskText():
            if isinstance(raw, bool) or not isinstance(raw, (str, int, float)):
                raise NotUnderstood(f"{quoted(raw)}: answer with text", f"{quoted(raw)}: 文字で答えてください")
        case AskGaps():
            _read_gaps(ask, raw)
        case _:
            assert_never(ask)


def _read_gaps(ask: AskGaps, raw: Any) -> None:
    answers = gap_answers(raw, [gap.name for gap in ask.gaps])
    found = {gap.name: problem_of(gap.ask, answers.get(gap.name)) for gap in ask.gaps}
    problems = {name: text for name, text in found.items() if text is not None}
    if problems:
        raise NotUnderstood(
            "\n".join(f"[{n}] {t.en}" for n, t in problems.items()),
            "\n".join(f"[{n}] {t.ja}" for n, t in problems.items()),
        )


def how_to_answer(ask: Ask) -> Text:
    """One line on the form of the answer."""
    match ask:
        case AskChoices(several=False):
            return Text("one letter", "記号を 1 つ")
        case AskChoices():
            return Text(
                "all letters that apply, like a, c (none: none)", "当てはまる記号すべて。例: a, c（なければ none）"
            )
        case AskNumber():
            unit = Text(f", in {ask.unit.en}", f"（単位: {ask.unit.ja}）") if ask.unit else Text("", "")
            return Text(f"a number{unit.en}", f"数値{unit.ja}")
        case AskShape():
            return Text("a shape, like (3, 4)", "形状。例: (3, 4)")
        case AskMatch():
            return Text("pairs, like a: 2, b: 1", "組。例: a: 2, b: 1")
        case AskOrder():
            return Text("all letters in order, like c, a, b", "すべての記号を順に。例: c, a, b")
        case AskLine():
            return Text("the number of a line", "行番号")
        case AskText(printed=True):
            return Text("what is printed; an empty line ends it", "表示される内容。空行で終わり")
        case AskGaps():
            return Text("one gap after the other", "空欄を順に")
        case AskText():
            return Text("a word or two", "語句")
        case _:
            assert_never(ask)
