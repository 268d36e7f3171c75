"""Gradescope's ``results.json`` from what the student may see of a result.

It is made from a `StudentView`, which has no place for a hidden test's values. Every test is
marked ``visible``, the hidden ones with their title and cause only: a single test with another
visibility would hide the total from the student.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from ...i18n import Lang, Text
from ...model import Blocks, Cause
from ...report.formatting import plain, rounded
from ...report.studentview import ExerciseView, HiddenTest, StudentView, VisibleTest
from ...text.told import text_of

MAX_OUTPUT = 20_000  # characters of one message
_HIDDEN = Text("(hidden test)", "（非公開テスト）")
_STATES = {
    "passed": Text("Passed.", "合格です。"),
    "failed": Text("The result is wrong.", "結果が正しくありません。"),
    "error": Text("Your code raised an exception.", "コードの実行中に例外が発生しました。"),
    "timeout": Text("Your code took too long.", "制限時間内に終わりませんでした。"),
    "crashed": Text("Your code ended the process it ran in.", "コードを実行していたプロセスが途中で終了しました。"),
    "not_run": Text("Not run.", "実行していません。"),
}
_MISSING = Text("Nothing was handed in for this exercise.", "この演習の提出がありません。")
_NOT_UNDERSTOOD = Text(
    "Something was handed in for {exercises} that the grader could not make sense of: no score was given for that, "
    "and it is not in the total. See the notes below, mend it and hand it in again.",
    "{exercises} の提出物の内容を判別できませんでした。得点は付けておらず、合計点には含まれていません。"
    "下の注記を確認し、直してから提出し直してください。",
)
_TOTAL = Text("Score: {score} of {maximum}.", "得点: {score} / {maximum}")
_UNSCORED = Text(
    "The grader failed on {exercises}: no score was given for that, and it is not in the total. "
    "Tell your instructor, who can run the autograder again.",
    "採点プログラムの障害により、{exercises} を採点できませんでした。合計点には含まれていません。"
    "担当教員に知らせてください（再採点できます）。",
)
_WEAKER = Text(
    "Sandbox level {level}. Not in force here: {off}.", "サンドボックスのレベルは {level} です。無効な保護: {off}"
)
_SAFE = Text("Sandbox level A: all protections on.", "サンドボックスはレベル A です（すべての保護が有効）。")
UNFINISHED = Text(
    "The autograder did not finish. This 0 is not your score: tell your instructor, who can run it again.",
    "採点プログラムが最後まで動きませんでした。この 0 点はあなたの得点ではありません。"
    "担当教員に知らせてください（再採点できます）。",
)


def unfinished(lang: Lang) -> dict[str, Any]:
    """What stands in ``results.json`` until there is a result."""
    return {"score": 0.0, "output": UNFINISHED.get(lang), "output_format": "text", "visibility": "visible"}


def results(
    view: StudentView, protections: Mapping[str, bool], level: str, lang: Lang, extra: Mapping[str, Any]
) -> dict[str, Any]:
    """The whole file as an object for JSON."""
    tests = [test for exercise in view.exercises for test in _exercise(exercise, lang)]
    for number, test in enumerate(tests, 1):
        test["number"] = str(number)
    return {
        "score": rounded(view.score),
        "output": "\n".join(_summary(view, protections, level, lang))[:MAX_OUTPUT],
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {"sandbox": {"level": level, **protections}, **extra},
        "tests": tests,
    }


def _summary(view: StudentView, protections: Mapping[str, bool], level: str, lang: Lang) -> list[str]:
    lines = [_TOTAL.format(score=plain(view.score), maximum=plain(view.max_score)).get(lang)]
    broken = [e.id for e in view.exercises if e.status == "grader_error"]
    if broken:
        lines.append(_UNSCORED.format(exercises=", ".join(broken)).get(lang))
    unread = [e.id for e in view.exercises if e.not_understood]
    if unread:
        lines.append(_NOT_UNDERSTOOD.format(exercises=", ".join(unread)).get(lang))
    for exercise in view.exercises:
        lines += [f"{exercise.id}: {note.get(lang)}" for note in exercise.notes if exercise.status != "grader_error"]
    lines += [note.get(lang) for note in view.notes]
    off = [name for name, on in protections.items() if not on]
    lines.append((_WEAKER.format(level=level, off=", ".join(off)) if off else _SAFE).get(lang))
    return lines


def _exercise(exercise: ExerciseView, lang: Lang) -> list[dict[str, Any]]:
    if exercise.status == "grader_error" or exercise.not_understood:
        return []
    if exercise.status == "missing":
        return [
            _record(
                f"{exercise.id}: {exercise.title.get(lang)}", Fraction(0), exercise.max_score, False, _MISSING, lang
            )
        ]
    found = []
    for group in exercise.groups:
        for test in group.tests:
            hidden = "" if test.visible else f" {_HIDDEN.get(lang)}"
            name = f"{exercise.id}: {test.title.get(lang)}{hidden}"
            text = _output(test, exercise)
            found.append(_record(name, test.points, test.max_points, test.status == "passed", text, lang))
    return found


def _output(test: HiddenTest | VisibleTest, exercise: ExerciseView) -> Text:
    """The state, and what may be told: a visible test's message, which names its cause, or the cause."""
    if test.status == "passed":
        return _STATES["passed"]
    if exercise.problem is not None:  # what failed every test alike; its text names the cause
        return text_of((*exercise.problem, *_cause(exercise.problem_cause)))
    if isinstance(test, VisibleTest) and test.message:
        return text_of((*test.message, *_cause(test.cause)))
    state, cause = _STATES[test.status], test.cause
    return state if cause is None else Text(f"{state.en}\n{cause.en}", f"{state.ja}\n{cause.ja}")


def _cause(cause: Text | None) -> Blocks:
    return (Cause(None, cause),) if cause else ()


def _record(name: str, points: Fraction, maximum: Fraction, passed: bool, output: Text, lang: Lang) -> dict[str, Any]:
    return {
        "score": rounded(points),
        "max_score": rounded(maximum),
        "status": "passed" if passed else "failed",
        "name": name,
        "output": output.get(lang)[:MAX_OUTPUT],
        "output_format": "text",
        "visibility": "visible",
    }
