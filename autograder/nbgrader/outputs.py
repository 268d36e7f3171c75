"""What stands below a test cell after grading: the score, and why.

nbgrader reads a cell's score from its printed outputs, so the form matters: exactly one
``execute_result``, whose text is a plain float. Words go into a ``display_data``, which
nbgrader does not read. They are made from the `StudentView` alone, so that neither the
autograded notebook nor the feedback can say more than a student may know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode

from ..errors import GraderError
from ..gradebook import CourseInfo
from ..i18n import LANGS, Lang, Text, choose_language
from ..model import Blocks, Cause, ExerciseResult, Sentence, SubmissionResult
from ..report.formatting import plain
from ..report.render import STATES, UNEXPLAINED
from ..report.studentview import ExerciseView, HiddenTest, VisibleTest, student_view
from ..text.told import lines
from ..text.told_html import told_html
from .mend import without_hidden
from .released import MasterCell

NO_SCORE = "autograder_no_score"  # marks a test cell that a person must grade
_node: Any = NotebookNode  # without types of its own
_MISSING = Text(
    "Nothing was handed in for this exercise: the notebook defines none of its functions.",
    "この演習は未提出です（ノートブックに該当する関数の定義がありません）。",
)
_NOT_UNDERSTOOD = Text(
    "Something was handed in that could not be understood. This is not a score of 0: a person will look.",
    "提出物の内容を判別できませんでした。0 点ではありません。人が確認します。",
)
_COUNT = Text("{passed} of {all} tests passed", "テスト {all} 件中 {passed} 件合格")
_POINTS = Text("{got} of {all} points", "{all} 点中 {got} 点")


def group_score(result: ExerciseResult, cell: MasterCell) -> float | None:
    """The points of one test cell: its group's share of passed tests, of what the cell is worth; None for no score.

    The number is not rounded: rounded cells would not add up to the exercise's score.

    Raises
    ------
    GraderError
        The grader failed (that is not 0), or there is no test in that group.
    """
    if result.status == "missing":
        return None if result.not_understood else 0.0
    if result.status == "grader_error":
        raise GraderError(result.notes[0].text if result.notes else f"{result.id}: the grader failed")
    tests = [test for test in result.tests if test.group == cell.group]
    most = sum((test.max_points for test in tests), Fraction(0))
    if cell.points is None or most <= 0:
        raise GraderError(_NO_GROUP.format(cell=cell.grade_id, exercise=result.id, group=cell.group))
    share = sum((test.points for test in tests), Fraction(0)) / most
    return min(max(0.0, float(share * Fraction(cell.points))), cell.points)


def languages(choice: str) -> Sequence[Lang]:
    """The languages that ``SandboxedGrading.language`` stands for: ``en``, ``ja`` or ``both``."""
    return (choose_language(choice),) if choice in LANGS else LANGS


class OutputWriter:
    """Writes what stands below the test cells of notebooks, for one course.

    Parameters
    ----------
    langs
        In which languages, one after the other.
    """

    def __init__(self, course: CourseInfo, langs: Sequence[Lang] = LANGS) -> None:
        self._course = course
        self._langs = langs
        # A class has the same outcome of a group many times, full marks above all.
        self._said = lru_cache(maxsize=4096)(self._say)

    def write(self, nb: NotebookNode, masters: Sequence[MasterCell], results: Mapping[str, ExerciseResult]) -> None:
        """Write the score and the reasons below each test cell; every other output goes, and so does hidden text.

        Parameters
        ----------
        nb
            From `mended`.
        results
            By exercise; each exercise of a test cell must be there. One without a score gets words
            only, and nbgrader takes a cell without a printed number as full marks: such a notebook
            must not be shown to nbgrader's own SaveAutoGrades. Where what was handed in was not
            understood, the cell is marked by `NO_SCORE`.
        """
        tests = {cell.grade_id: cell for cell in masters if cell.is_test}
        told: set[str] = set()
        for cell in nb.cells:
            if cell.cell_type != "code":
                continue
            cell.outputs = []
            cell.execution_count = None
            test = tests.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
            if test is not None:
                cell.source = without_hidden(cell.source)
                cell.execution_count = 1
                cell.outputs = self.outputs(results[test.exercise], test, notes=test.exercise not in told)
                if results[test.exercise].not_understood:
                    cell.metadata[NO_SCORE] = True
                told.add(test.exercise)

    def outputs(self, result: ExerciseResult, cell: MasterCell, notes: bool = True) -> list[NotebookNode]:
        """The outputs of one test cell: the words, then the score if there is one.

        Parameters
        ----------
        notes
            Whether to say here what is to be said once of the whole exercise.
        """
        tests = tuple(test for test in result.tests if test.group == cell.group)
        bare = ExerciseResult(
            result.id,
            result.status,
            None if result.score is None else Fraction(0),
            result.max_score,
            tests,
            notes=result.notes if notes else (),
        )
        html, text, score = self._said(bare, cell)
        words = _output("display_data", {"text/html": html, "text/plain": text})
        if score is None and not result.not_understood:
            return [words]
        score = (
            score or 0.0
        )  # of a cell without a number nbgrader's own SaveAutoGrades makes full marks; see `NO_SCORE`
        number = _output("execute_result", {"text/plain": repr(score)})
        number["execution_count"] = 1
        return [words, number]

    def _say(self, result: ExerciseResult, cell: MasterCell) -> tuple[str, str, float | None]:
        score = None if result.status == "grader_error" else group_score(result, cell)
        view = student_view(SubmissionResult("", (result,)), self._course).exercises[0]
        html = Markup("").join(_html(view, score, cell.points or 0.0, lang) for lang in self._langs)
        text = "\n\n".join("\n".join(_lines(view, score, cell.points or 0.0, lang)) for lang in self._langs)
        return str(html), text, score


def _output(kind: str, data: Mapping[str, str]) -> NotebookNode:
    made: NotebookNode = _node(output_type=kind, metadata=_node(), data=_node(data))
    return made


def _tests(view: ExerciseView) -> Iterator[tuple[HiddenTest | VisibleTest, bool]]:
    """The tests, what failed first, and whether their reason has been told: one cause is told once a cell."""
    found = [test for group in view.groups for test in group.tests]
    told: set[Text | None] = {None} if view.problem is not None else set()
    for test in sorted(found, key=lambda test: test.status == "passed"):
        yield test, test.cause in told
        if test.cause is not None:
            told.add(test.cause)


def _head(view: ExerciseView, score: float | None, points: float, lang: Lang) -> list[str]:
    if view.status == "missing":
        return [(_NOT_UNDERSTOOD if view.not_understood else _MISSING).get(lang)]
    if score is None:
        return []
    passed, of_all = view.counts
    got = _POINTS.format(got=plain(Fraction(score), 2), all=plain(Fraction(points), 2)).get(lang)
    stop, colon = ("。", ": ") if lang == "ja" else (".", ": ")
    title = view.groups[0].title.get(lang) if view.groups else view.title.get(lang)
    return [
        f"{title}{colon}{got}{'、' if lang == 'ja' else ', '}{_COUNT.format(passed=passed, all=of_all).get(lang)}{stop}"
    ]


def _why(test: HiddenTest | VisibleTest, told: bool) -> Blocks:
    cause = (Cause(None, test.cause),) if test.cause and not told else ()
    if isinstance(test, VisibleTest) and test.message:
        return cause + test.message
    if not test.cause and not told and test.status in UNEXPLAINED:
        return (Sentence(UNEXPLAINED[test.status]),)
    return cause


def _problem(view: ExerciseView) -> Blocks:
    cause = (Cause(None, view.problem_cause),) if view.problem_cause else ()
    return cause + (view.problem or ())


def _html(view: ExerciseView, score: float | None, points: float, lang: Lang) -> Markup:
    rows = Markup("").join(_row(test, told, lang) for test, told in _tests(view))
    head = Markup("").join(Markup("<p><b>{}</b></p>").format(line) for line in _head(view, score, points, lang))
    notes = Markup("").join(Markup("<p>{}</p>").format(note.get(lang)) for note in view.notes)
    problem = Markup(told_html(_problem(view), lang))  # escaped there
    tests = Markup("<ul>{}</ul>").format(rows) if rows else Markup("")
    return Markup('<div lang="{}">{}{}{}{}</div>').format(lang, head, notes, problem, tests)


def _row(test: HiddenTest | VisibleTest, told: bool, lang: Lang) -> Markup:
    why = Markup(told_html(_why(test, told), lang))  # escaped there
    return Markup("<li>{}: {}{}</li>").format(STATES[test.status].get(lang), test.title.get(lang), why)


def _lines(view: ExerciseView, score: float | None, points: float, lang: Lang) -> Iterator[str]:
    yield from _head(view, score, points, lang)
    yield from (note.get(lang) for note in view.notes)
    yield from lines(_problem(view), lang)
    for test, told in _tests(view):
        yield from _plain_row(test, told, lang)


def _plain_row(test: HiddenTest | VisibleTest, told: bool, lang: Lang) -> tuple[str, ...]:
    why = [f"  {line}" for line in lines(_why(test, told), lang)]
    return (f"- {STATES[test.status].get(lang)}: {test.title.get(lang)}", *why)


_NO_GROUP = Text(
    "{cell}: exercise {exercise} has no group of tests {group!r} any more; generate the assignment anew",
    "{cell}: 演習 {exercise} にはテストのグループ {group!r} がありません。assignment を作り直してください",
)
