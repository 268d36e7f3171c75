"""What the class page needs to remember, gathered one submission at a time.

Results stream by; of each only numbers stay, and text that is shared by many (titles, causes)
is kept once. Item statistics use scores before the late policy: a late penalty says nothing
about an item. A student with a grader error has no known total and is left out of the
distribution and of the correlations.
"""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

from ..gradebook import CourseInfo
from ..i18n import Text
from ..model import ExerciseResult, SubmissionResult, TestResult, TestStatus, Tier
from ..quiz.draw.pooling import is_unforeseen
from ..quiz.statistics import ItemAnswers
from .formatting import RowStatus, late, row_status

STOPPED: tuple[TestStatus, ...] = ("timeout", "crashed")


@dataclass(frozen=True)
class Person:
    """A student and the way to their page."""

    student: str
    name: str | None
    href: str


@dataclass(frozen=True)
class Row:
    """One student. `shares` has None for no score, and -1 for work that was not handed in.

    ``submitted`` is anything at all, understood or not.
    """

    student: str
    name: str | None
    status: RowStatus
    score: Fraction
    max_score: Fraction
    known: bool
    submitted: bool
    late_seconds: int
    late_points: Fraction
    missing: tuple[str, ...]
    shares: dict[str, float | None]


@dataclass
class Item:
    """Results of an exercise or a test.

    Attributes
    ----------
    total
        Sum of the takers' shares of its points (0 to 1).
    shares, rests
        For the takers whose total is known: their share, and the points of all the rest.
    """

    takers: int = 0
    total: float = 0.0
    shares: array[float] = field(default_factory=lambda: array("d"))
    rests: array[float] = field(default_factory=lambda: array("d"))
    statuses: Counter[TestStatus] = field(default_factory=Counter)

    def add(self, share: float, rest: float | None) -> None:
        self.takers += 1
        self.total += share
        if rest is not None:
            self.shares.append(share)
            self.rests.append(rest)

    @property
    def facility(self) -> float | None:
        """The takers' mean share; None where nobody handed it in."""
        return self.total / self.takers if self.takers else None


@dataclass
class TestItem(Item):
    """One test."""

    __test__ = False

    title: Text = Text("", "")  # noqa: RUF009 - frozen
    tier: Tier = "hidden"


@dataclass
class ExerciseItem(Item):
    """One exercise with its tests, in the suite's order."""

    tests: dict[tuple[Tier, str], TestItem] = field(default_factory=dict)


@dataclass
class QuizItem:
    """One item of a quiz.

    Attributes
    ----------
    unforeseen
        Answers that no author foresaw, as they were given, by how many gave them.
    """

    title: Text
    answers: ItemAnswers
    unforeseen: Counter[str] = field(default_factory=Counter)


@dataclass
class Cause:
    """One cause with one wording, over all exercises."""

    id: str
    sentence: Text
    students: dict[int, None] = field(default_factory=dict)
    exercises: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Remark:
    """Something about one student, and where."""

    student: int
    exercise: str | None
    text: Text


class ClassData:
    """The class so far; `add` each submission. Students are named by their index in `rows`."""

    def __init__(self, course: CourseInfo) -> None:
        self._course = course
        self.rows: list[Row] = []
        self.exercises: dict[str, ExerciseItem] = {}
        self.quizzes: dict[str, dict[str, QuizItem]] = {}
        self._picks: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.causes: dict[tuple[str, Text], Cause] = {}
        self.unnamed: dict[int, None] = {}
        self.stopped: dict[tuple[str, Text, TestStatus], dict[int, None]] = {}
        self.grader_errors: list[Remark] = []
        self.not_understood: list[Remark] = []
        self.notes: list[Remark] = []

    def add(self, result: SubmissionResult) -> None:
        """Take in one submission."""
        index = len(self.rows)
        self.rows.append(_row(result))
        self.notes += [Remark(index, None, note.text) for note in result.notes]
        raw = [e.raw_score for e in result.exercises if e.raw_score is not None]
        total = float(sum(raw)) if len(raw) == len(result.exercises) else None
        for exercise in result.exercises:
            self._add_exercise(index, exercise, total)

    def _add_exercise(self, index: int, exercise: ExerciseResult, total: float | None) -> None:
        notes = [Remark(index, exercise.id, note.text) for note in exercise.notes]
        item = self.exercises.setdefault(exercise.id, ExerciseItem())
        if exercise.status == "grader_error":
            self.grader_errors += notes or [Remark(index, exercise.id, Text("", ""))]
            return
        if exercise.not_understood:
            self.not_understood += notes
            return
        self.notes += notes
        if exercise.status == "missing" or exercise.raw_score is None:
            return
        raw = float(exercise.raw_score)
        item.add(raw / float(exercise.max_score or 1), None if total is None else total - raw)
        info = self._course.exercise(exercise.id)
        causes: dict[tuple[str, Text], None] = {}
        for test in exercise.tests:
            quiz = test.response is not None
            if quiz:
                self._add_answer(index, exercise.id, test)
            else:
                self._add_test(index, exercise.id, item, test, total)
            if test.status == "passed" or test.status in STOPPED:
                continue
            if quiz:
                continue  # what is said to a wrong answer makes sense beside its question: in the quiz's section
            sentence = info.cause_text(test.cause)
            if test.cause and sentence:
                causes[test.cause, sentence] = None
            else:
                self.unnamed[index] = None
        for key in causes:
            cause = self.causes.setdefault(key, Cause(*key))
            cause.students[index] = None
            cause.exercises[exercise.id] += 1

    def _add_answer(self, index: int, quiz_id: str, test: TestResult) -> None:
        items = self.quizzes.setdefault(quiz_id, {})
        item = items.get(test.name)
        if item is None:
            item = items[test.name] = QuizItem(test.title, ItemAnswers(float(test.max_points)))
        # Most answers are alike: one tuple is kept of each.
        picks = self._picks.setdefault(test.picks, test.picks)
        item.answers.add(index, float(test.points / (test.max_points or 1)), picks, test.variant)
        if any(is_unforeseen(key) for key in picks):
            item.unforeseen[test.response or ""] += 1

    def _add_test(
        self, index: int, exercise_id: str, exercise: ExerciseItem, test: TestResult, total: float | None
    ) -> None:
        item = exercise.tests.get((test.tier, test.name))
        if item is None:
            item = exercise.tests[test.tier, test.name] = TestItem(title=test.title, tier=test.tier)
        item.add(float(test.status == "passed"), None if total is None else total - float(test.points))
        item.statuses[test.status] += 1
        if test.status in STOPPED:
            self.stopped.setdefault((exercise_id, test.title, test.status), {})[index] = None


def _row(result: SubmissionResult) -> Row:
    exercises = result.exercises
    return Row(
        result.student,
        result.name,
        row_status(result),
        result.score,
        result.max_score,
        all(e.score is not None for e in exercises),
        any(e.status != "missing" or e.not_understood for e in exercises),
        max((e.late_seconds for e in exercises), default=0),
        sum((late(e) for e in exercises), Fraction(0)),
        tuple(e.id for e in exercises if e.status == "missing" and not e.not_understood),
        {e.id: _share(e) for e in exercises},
    )


def _share(exercise: ExerciseResult) -> float | None:
    if exercise.status == "missing" and not exercise.not_understood:
        return -1.0
    return None if exercise.score is None else float(exercise.score / (exercise.max_score or 1))
