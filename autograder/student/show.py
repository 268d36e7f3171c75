"""A report of checks as plain lines for a terminal."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence

from ..i18n import Lang, Text
from ..model import Blocks, Cause, Sentence
from ..text.align import wrap
from ..text.colour import paint
from ..text.told import lines as told_lines
from .results import CheckResult, ExerciseReport

_INDENT = "       "
MARKS = {"passed": "[ok]", "not_run": "[--]"}
SAME = Sentence(Text("(the same as above)", "（上と同じ）"))
_PRINTED = Text("Your code printed:", "コードの出力:")


def width() -> int:
    """Columns for prose."""
    return max(40, min(shutil.get_terminal_size((88, 24)).columns, 100))


def report_lines(report: ExerciseReport, title: Text, file: str, lang: Lang) -> list[str]:
    """One exercise: a heading, a line a test, and under a failed one its explanation.

    Parameters
    ----------
    file
        The student's file, as one would type it.
    """
    lines = [paint(f"{report.id}  {title.get(lang)}", bold=True)]
    if not report.begun:
        said = Text(f"not begun: edit {file}, then check again", f"まだ始めていません。{file} を編集しましょう。")
        return [*lines, f"  [--] {said.get(lang)}"]
    if report.problem is not None:
        said = Text("the file cannot be run", "ファイルを実行できません")
        lines += [f"  {mark('failed')} {said.get(lang)}", *indented(told_lines(report.problem, lang))]
        return [*lines, *_output(report.output, lang)]
    lines += _output(report.output, lang)
    told: set[Blocks] = set()
    for test in report.tests:
        lines += _test(test, lang, told)
    return lines


def _test(test: CheckResult, lang: Lang, told: set[Blocks]) -> list[str]:
    """The lines of one test; what `told` has already (all but the call's own line) is not said twice."""
    lines = [f"  {mark(test.status)} {test.title.get(lang)}"]
    if test.status == "not_run":
        said = Text("not run", "実行しませんでした")
        lines[0] += f" ({said.en})" if lang == "en" else f"（{said.ja}）"
    lines += [paint(line, fg="cyan") if why else line for line, why in _causes(not_again(test, told), lang)]
    return [*lines, *_output(test.output, lang)]


def not_again(test: CheckResult, told: set[Blocks]) -> Blocks:
    """A test's message; where `told` has all but its first block already, that is not said twice."""
    first, rest = test.message[:1], test.message[1:]
    again = test.status in ("error", "timeout", "crashed") and rest in told
    if rest:
        told.add(rest)
    return (*first, SAME) if again else test.message


def mark(status: str) -> str:
    """``[ok]``, ``[NG]`` or ``[--]``."""
    color = {"passed": "green", "not_run": "yellow"}.get(status, "red")
    return paint(MARKS.get(status, "[NG]"), fg=color, bold=True)


def _causes(message: Blocks, lang: Lang) -> Iterator[tuple[str, bool]]:
    """The lines of a message, and whether each belongs to the likely cause."""
    why = False
    for block in message:
        why = why or isinstance(block, Cause)
        for line in indented(told_lines([block], lang)):
            yield line, why


def _output(output: Sequence[str], lang: Lang) -> list[str]:
    return [_INDENT + _PRINTED.get(lang), *(f"{_INDENT}| {line}" for line in output)] if output else []


def indented(lines: Iterable[str]) -> list[str]:
    """A message's lines, prose broken at the terminal's width; aligned lines are left alone."""
    room = width() - len(_INDENT)
    return [
        (_INDENT + line).rstrip()
        for whole in lines
        for line in ([whole] if whole.startswith(" ") else wrap(whole, room))
    ]


def summary(reports: Iterable[ExerciseReport], lang: Lang) -> str:
    """``2 of 3 checks passed.``"""
    found = [r for r in reports if r.begun]
    broken = [r.id for r in found if r.problem is not None]
    passed, total = sum(r.passed for r in found), sum(len(r.tests) for r in found)
    if not found:
        text = Text("Nothing was checked.", "実行したテストはありません。")
    elif broken:
        names = ", ".join(broken)
        text = Text(f"Cannot be run: {names}.", f"実行できないファイルがあります: {names}")
    elif passed == total:
        text = Text(f"All {total} checks passed.", f"{total} 個のテストすべてに合格しました。")
    else:
        text = Text(f"{passed} of {total} checks passed.", f"{total} 個のテストのうち {passed} 個に合格しました。")
    return text.get(lang)


def bar(done: int, total: int, length: int = 30) -> str:
    """``[######------]``"""
    filled = length * done // total if total else 0
    return f"[{'#' * filled}{'-' * (length - filled)}]"
