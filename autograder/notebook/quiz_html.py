"""A notebook's view of a quiz as HTML: no script, no style sheet, and colours that fit light and dark themes."""

from __future__ import annotations

import base64
import mimetypes
from collections.abc import Callable, Sequence
from html import escape
from typing import assert_never

from ..i18n import Lang, Text
from ..quiz.page.public import PublicQuiz
from ..quiz.page.sealed import AskChoices, AskGaps, AskLine, AskMatch, AskNumber, AskOrder, AskShape, AskText, Question
from ..quiz.page.shown_html import answer_html, choice_html
from ..text.markup import html
from .html import BAD, GOOD, QUIET
from .quiz_cell import STATES, Row, State, how_in_cell, response, said

Images = Callable[[str], bytes | None]

WARN = "var(--jp-warn-color1, #f57c00)"
_MONO = "font-family:var(--jp-code-font-family, Menlo, Consolas, 'DejaVu Sans Mono', monospace);font-size:0.93em"
_CELL = "text-align:left;vertical-align:top;padding:0.3em 0.9em 0.3em 0;border:0;white-space:normal;background:none"
_COLOURS: dict[State, str] = {
    "right": GOOD,
    "partly": WARN,
    "wrong": BAD,
    "kept": GOOD,
    "unread": WARN,
    "blank": QUIET,
}


def questions(quiz: PublicQuiz, own: Sequence[Question], student: str, image: Images, lang: Lang) -> str:
    """All questions, numbered, with the letters by which they are answered."""
    who = Text("Questions of", "解答者").get(lang)
    head = f"<div><b>{html(quiz.title.get(lang))}</b>"
    if quiz.graded:
        head += f'&ensp;<span style="color:{QUIET}">{who}{":" if lang == "en" else "："} {escape(student)}</span>'
    body = "".join(_question(q, number, image, lang) for number, q in enumerate(own, 1))
    return _frame(lang, f"{head}</div>{body}")


def _question(question: Question, number: int, image: Images, lang: Lang) -> str:
    points = float(question.points)
    worth = "" if points == 1 else Text(f"{points:g} points", f"{points:g} 点").get(lang)
    head = (
        f'<div><b>{number}.</b> <span style="{_MONO};color:{QUIET}">{escape(question.item)}</span>'
        f'&ensp;<span style="color:{QUIET};font-size:0.9em">{worth}</span></div>'
    )
    gap = _gap if isinstance(question.ask, AskGaps) else None
    body = f"<div>{html(question.stem.get(lang), gap)}</div>{_picture(question, image, lang)}"
    if question.code is not None:
        body += _program(question.code, numbered=isinstance(question.ask, AskLine))
    how = how_in_cell(question.ask).get(lang)
    how = f"({how})" if lang == "en" else f"（{how}）"
    return (
        '<div style="border-top:1px solid rgba(128,128,128,0.35);padding:0.6em 0;margin-top:0.4em">'
        f'{head}{body}{_ask(question, lang)}<div style="color:{QUIET};font-size:0.9em">{escape(how)}</div></div>'
    )


def _picture(question: Question, image: Images, lang: Lang) -> str:
    if question.image is None:
        return ""
    alt, data = escape(question.image.alt.get(lang)), image(question.image.src)
    if data is None:
        return f"<div><em>{alt}</em></div>"
    kind = mimetypes.guess_type(question.image.src)[0]
    source = f"data:{kind};base64,{base64.b64encode(data).decode()}"
    return f'<img alt="{alt}" src="{source}" style="max-width:100%;background:#fff;padding:0.4em">'


def _gap(name: str) -> str:
    return f"<b>[{escape(name)}]</b>"


def _program(code: str, numbered: bool) -> str:
    rows = [escape(line) for line in code.split("\n")]
    if numbered:
        rows = [f'<span style="color:{QUIET}">{n:3}</span>  {row}' for n, row in enumerate(rows, 1)]
    style = f"{_MONO};margin:0.5em 0;padding:0.4em 0.8em;background:rgba(128,128,128,0.1)"
    return f'<pre style="{style}">' + "\n".join(rows) + "</pre>"


def _ask(question: Question, lang: Lang) -> str:
    match question.ask:
        case AskChoices():
            return _listed([(f"{i})", choice_html(t, question.kind).get(lang)) for i, t in question.ask.choices])
        case AskOrder():
            return _listed([(f"{i})", html(t.get(lang))) for i, t in question.ask.steps])
        case AskMatch():
            lefts = [(f"{i})", html(t.get(lang))) for i, t in question.ask.lefts]
            rights = [(f"{n})", html(t.get(lang))) for n, t in question.ask.rights]
            return _listed(lefts) + _listed(rights)
        case AskGaps():
            return "".join(
                _listed(
                    [
                        (f"[{gap.name}] {i})" if at == 0 else f"{i})", html(t.get(lang)))
                        for at, (i, t) in enumerate(gap.ask.choices)
                    ]
                )
                for gap in question.ask.gaps
                if isinstance(gap.ask, AskChoices)
            )
        case AskNumber() | AskShape() | AskText() | AskLine():
            return ""
        case _:
            assert_never(question.ask)


def _listed(choices: list[tuple[str, str]]) -> str:
    cell = "text-align:left;vertical-align:top;border:0;background:none;white-space:normal;padding:0.1em 0.6em 0.1em 0"
    rows = "".join(
        f'<tr style="background:none"><td style="{cell};white-space:nowrap"><b>{escape(mark)}</b></td>'
        f'<td style="{cell}">{text}</td></tr>'
        for mark, text in choices
    )
    return f'<table style="border-collapse:collapse;margin:0.4em 0 0.4em 1em;font-size:1em">{rows}</table>'


def taken(quiz: PublicQuiz, student: str, rows: Sequence[Row], notes: Sequence[Text], summary: Text, lang: Lang) -> str:
    """The table of a practice quiz; of a graded one what was recorded and what cannot be read."""
    noted = "".join(f'<div style="color:{WARN}">{html(note.get(lang))}</div>' for note in notes)
    head = f"<div><b>{escape(quiz.title.get(lang))}</b>&ensp;{escape(summary.get(lang))}</div>"
    told = [row for row in rows if row.state not in ("blank", "kept")]
    head += noted
    if quiz.graded and told:
        problem = Text("These could not be understood:", "次の解答は読み取れませんでした。")
        head += f"<div>{problem.get(lang)}</div>"
    table = "".join(_row(row, lang) for row in told)
    if table:
        head += f'<table style="border-collapse:collapse;margin:0.4em 0;font-size:1em">{table}</table>'
    blank = [row for row in rows if row.state == "blank"]
    if blank:
        names = ", ".join(f"{row.number} <span style='{_MONO}'>{escape(row.item)}</span>" for row in blank)
        left = Text("Not answered: ", "未解答: ").get(lang)
        head += f'<div style="color:{QUIET}">{left}{names}</div>'
    if quiz.graded:
        kept = Text(
            f"Answered as {student}. Your answers are in this cell: save the notebook and hand it in. "
            "They are scored after that.",
            f"{student} の解答です。解答はこのセルに書かれています。"
            "ノートブックを保存して提出してください。採点は提出後に行います。",
        )
        head += f"<div>{escape(kept.get(lang))}</div>"
    return _frame(lang, head)


def _row(row: Row, lang: Lang) -> str:
    state = STATES[row.state].get(lang)
    if row.state == "partly" and row.outcome is not None:
        share = f"{float(row.outcome.credit):.0%}"
        state += f" ({share})" if lang == "en" else f"（{share}）"
    body = "".join(f"<div>{html(text.get(lang))}</div>" for text in said(row))
    if given := response(row, lang):
        body = f'<div style="color:{QUIET}">{escape(given)}</div>' + body
    if row.replica is not None and row.state != "unread":
        body += _explained(row, lang)
    return (
        f'<tr style="background:none"><td style="{_CELL}"><b>{row.number}</b></td>'
        f'<th scope="row" style="{_CELL};color:{_COLOURS[row.state]};white-space:nowrap">{escape(state)}</th>'
        f'<td style="{_CELL}"><span style="{_MONO}">{escape(row.item)}</span>{body}</td></tr>'
    )


def _explained(row: Row, lang: Lang) -> str:
    """The right answer and why, unfolded by a click unless the answer was right."""
    assert row.replica is not None
    solution = f"<div>{html(row.replica.solution.get(lang))}</div>" if row.replica.solution else ""
    if row.state == "right":
        return solution
    answer = answer_html(row.replica).get(lang)
    label = Text("The answer", "答え").get(lang)
    return (
        f'<details><summary style="cursor:pointer">{label}</summary>'
        f'<div style="margin-left:1em"><div>{answer}</div>{solution}</div></details>'
    )


def _frame(lang: Lang, inner: str) -> str:
    return f'<div lang="{lang}" style="max-width:60em;line-height:1.6">{inner}</div>'
