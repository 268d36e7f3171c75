"""Results as HTML for a cell's output.

Every style is written at its element: notebooks that are opened again untrusted, and viewers
that only convert, drop style sheets. Colours are JupyterLab's own where it gives them, so that
its light and dark themes both fit; grounds are transparent greys. Values stand in tables, never
in ``<pre>``, which turns proportional in some exports. A status is always a word too, and no
script is needed: hints unfold by ``<details>``.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ..i18n import Lang, Text
from ..model import Blocks, TestStatus
from ..student.results import CheckResult
from ..student.show import not_again
from ..text.told_html import Look, prose, told_html
from .checking import Checked
from .texts import BROKEN, NOT_BEGUN, NOT_RUN

GOOD = "var(--jp-success-color1, #2e7d32)"
BAD = "var(--jp-error-color1, #d32f2f)"
QUIET = "var(--jp-ui-font-color2, #777)"
_MONO = "font-family:var(--jp-code-font-family, Menlo, Consolas, 'DejaVu Sans Mono', monospace);font-size:0.93em"
_LINE = "border:1px solid rgba(128,128,128,0.35)"

_CELL = f"{_MONO};{_LINE};padding:0.15em 0.7em;text-align:right;background:none"
LOOK = Look(
    text="<div>{}</div>",
    code=f'<div style="{_MONO};white-space:pre-wrap;overflow-wrap:anywhere">{{}}</div>',
    inline=f'<code style="{_MONO}">{{}}</code>',
    source=f'<span style="{_MONO}">{{}}</span>',
    table='<table style="border-collapse:collapse;margin:0.3em 0;font-size:1em">{}</table>',
    row='<tr style="background:none">{}</tr>',
    head=f'<th scope="col" style="{_CELL}">{{}}</th>',
    cell=f'<td style="{_CELL}">{{}}</td>',
    cause='<div style="border-left:3px solid var(--jp-warn-color1, #f57c00);background:rgba(128,128,128,0.12);'
    'padding:0.3em 0.7em;margin:0.4em 0">{}</div>',
)

STATES: dict[TestStatus, Text] = {
    "passed": Text("Passed", "合格"),
    "failed": Text("Failed", "不合格"),
    "error": Text("Error", "エラー"),
    "timeout": Text("Timed out", "時間切れ"),
    "crashed": Text("Crashed", "異常終了"),
    "not_run": Text("Not run", "未実行"),
}


def outcome(checked: Iterable[Checked], lang: Lang) -> str:
    """All exercises of a check."""
    return _frame(lang, "".join(_exercise(c, lang) for c in checked))


def said(text: Text, lang: Lang, title: Text | None, problem: bool) -> str:
    """A sentence or more, under a title where it has one."""
    head = f"<div><b>{escape(title.get(lang))}</b></div>" if title else ""
    body = "".join(f"<div>{_words(line)}</div>" for line in text.get(lang).splitlines())
    return _frame(lang, head + body, BAD if problem else QUIET)


def _frame(lang: Lang, inner: str, colour: str = "") -> str:
    edge = f"border-left:4px solid {colour};padding-left:0.8em;" if colour else ""
    return f'<div lang="{lang}" style="{edge}max-width:60em;line-height:1.5">{inner}</div>'


def _exercise(checked: Checked, lang: Lang) -> str:
    report = checked.report
    colour = GOOD if report.state == "passed" else BAD if checked.cells else QUIET
    head = (
        f'<div><b style="{_MONO}">{escape(report.id)}</b>&ensp;<b>{escape(checked.exercise.title.get(lang))}</b>'
        f'&ensp;<b style="color:{colour}">{escape(_summary(checked).get(lang))}</b>'
        f'&ensp;<span style="color:{QUIET};font-size:0.9em">{escape(_cells(checked).get(lang))}</span></div>'
    )
    body = ""
    if report.problem is not None:
        body = _message(report.problem, lang) + _output(report.output, lang)
    elif report.begun:
        body = _output(report.output, lang) + _tests(report.tests, lang)
    hints = _hints(checked.hints, lang) if report.state != "passed" else ""
    edge = f"border-left:4px solid {colour};padding:0.1em 0 0.1em 0.8em;margin:0.4em 0"
    return f'<div style="{edge}">{head}{body}{hints}</div>'


def _summary(checked: Checked) -> Text:
    report = checked.report
    passed, total = report.passed, len(report.tests)
    if not report.begun:
        return NOT_BEGUN
    if report.problem is not None:
        return BROKEN if checked.cells else NOT_RUN
    if report.state == "passed":
        return Text(f"all {total} checks passed", f"{total} 個のテストすべてに合格")
    return Text(f"{passed} of {total} checks passed", f"{total} 個のテストのうち {passed} 個に合格")


def _cells(checked: Checked) -> Text:
    """Which code was checked: a cell that was edited and not run again is told by its number."""
    if not checked.cells:
        return Text("", "")
    shown = ", ".join(f"[{n}]" for n in checked.cells)
    return Text(f"code of cell {shown}", f"セル {shown} のコード")


def _tests(tests: Iterable[CheckResult], lang: Lang) -> str:
    told: set[Blocks] = set()
    rows = "".join(_test(test, lang, told) for test in tests)
    return f'<table style="border-collapse:collapse;margin:0.4em 0;font-size:1em">{rows}</table>'


def _test(test: CheckResult, lang: Lang, told: set[Blocks]) -> str:
    """One row; what `told` has already, but for the call itself, is not said twice."""
    message = _message(not_again(test, told), lang)
    colour = GOOD if test.status == "passed" else QUIET if test.status == "not_run" else BAD
    cell = (
        "text-align:left;vertical-align:top;padding:0.15em 0.8em 0.15em 0;border:0;white-space:normal;background:none"
    )
    return (
        f'<tr style="background:none"><th scope="row" style="{cell};color:{colour};white-space:nowrap">'
        f"{escape(STATES[test.status].get(lang))}</th>"
        f'<td style="{cell}">{escape(test.title.get(lang))}{message}{_output(test.output, lang)}</td></tr>'
    )


def _message(message: Blocks, lang: Lang) -> str:
    """A message's paragraphs, code and tables; its likely cause set apart."""
    inner = told_html(message, lang, LOOK)
    return f'<div style="margin:0.2em 0 0.5em 0">{inner}</div>' if inner else ""


def _output(lines: Iterable[str], lang: Lang) -> str:
    shown = "".join(
        f'<div style="{_MONO};white-space:pre-wrap;overflow-wrap:anywhere">{escape(line) or "&nbsp;"}</div>'
        for line in lines
    )
    if not shown:
        return ""
    head = escape(Text("Your code printed:", "コードの出力:").get(lang))
    return f'<div style="color:{QUIET}">{head}</div><div style="margin:0 0 0.4em 1em">{shown}</div>'


def _hints(hints: tuple[Text, ...], lang: Lang) -> str:
    """One hint inside the other, so that each is asked for by itself."""
    inner = ""
    for number, hint in reversed([*enumerate(hints, 1)]):
        name = Text(f"Hint {number} of {len(hints)}", f"ヒント {number}/{len(hints)}").get(lang)
        inner = (
            f'<details style="margin:0.2em 0"><summary style="cursor:pointer">{escape(name)}</summary>'
            f'<div style="margin-left:1em">{_words(hint.get(lang))}</div>{inner}</details>'
        )
    return inner


def _words(text: str) -> str:
    return prose(text, LOOK)
