"""What a student may see of a result: a type that has no place for anything else.

A hidden test becomes a `HiddenTest`, which can hold its title, its state, its points and the
sentence of its cause. That sentence is looked up by the cause's id among sentences written by
the author; the test's own message and name are never copied, so no value can travel in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, ClassVar

from ..gradebook import CourseInfo, ExerciseInfo
from ..i18n import Text
from ..model import Blocks, ExerciseResult, ExerciseStatus, Note, SubmissionResult, TestResult, TestStatus
from ..text.told import ended
from .formatting import late


@dataclass(frozen=True)
class HiddenTest:
    """A test whose content a student must not learn."""

    visible: ClassVar[bool] = False
    title: Text
    status: TestStatus
    points: Fraction
    max_points: Fraction
    cause: Text | None


@dataclass(frozen=True)
class VisibleTest:
    """A test that the student has, too, or a question of a quiz: its message may show inputs and values.

    Attributes
    ----------
    state
        What a question is, in place of its status; None for a test.
    """

    visible: ClassVar[bool] = True
    title: Text
    status: TestStatus
    points: Fraction
    max_points: Fraction
    cause: Text | None
    message: Blocks
    state: Text | None = None


@dataclass(frozen=True)
class GroupView:
    """Tests that share points."""

    title: Text
    points: Fraction
    max_points: Fraction
    tests: tuple[HiddenTest | VisibleTest, ...]

    @property
    def unsuccessful(self) -> list[tuple[HiddenTest | VisibleTest, ...]]:
        """Tests that did not pass; hidden ones of which the same is to be told stand together."""
        alike: dict[object, list[HiddenTest | VisibleTest]] = {}
        for test in self.tests:
            if test.status != "passed":
                key = id(test) if isinstance(test, VisibleTest) else (test.status, test.cause)
                alike.setdefault(key, []).append(test)
        return [tuple(tests) for tests in alike.values()]


@dataclass(frozen=True)
class ExerciseView:
    """One exercise.

    Attributes
    ----------
    problem, problem_cause
        Where one and the same thing failed every test (the file cannot be loaded, say), it is
        told once, here, and not again at each test.
    quiz
        Whether its tests are the questions of a quiz.
    """

    id: str
    title: Text
    unit: Text
    status: ExerciseStatus
    score: Fraction | None
    max_score: Fraction
    raw_score: Fraction | None
    late_seconds: int
    late_deduction: Fraction
    notes: tuple[Text, ...]
    groups: tuple[GroupView, ...]
    problem: Blocks | None
    problem_cause: Text | None
    quiz: bool = False

    @property
    def not_understood(self) -> bool:
        """Whether something was handed in that the grader could not make sense of."""
        return self.status == "missing" and self.score is None

    @property
    def counts(self) -> tuple[int, int]:
        """How many tests passed, and how many there are."""
        tests = [t for g in self.groups for t in g.tests]
        return sum(t.status == "passed" for t in tests), len(tests)


@dataclass(frozen=True)
class StudentView:
    """One student's feedback page."""

    course: Text
    student: str
    name: str | None
    received_at: datetime | None
    attempt: int
    score: Fraction
    max_score: Fraction
    unscored: int
    notes: tuple[Text, ...]
    exercises: tuple[ExerciseView, ...]


def student_view(result: SubmissionResult, course: CourseInfo) -> StudentView:
    """Take from a result what its student may see."""
    return StudentView(
        course.title,
        result.student,
        result.name,
        result.received_at,
        result.attempt,
        result.score,
        result.max_score,
        sum(e.score is None for e in result.exercises),
        _texts(result.notes),
        tuple(_exercise(e, course.exercise(e.id, e.max_score)) for e in result.exercises),
    )


# What a student reads where the grader failed: its own words may name paths or hidden inputs.
_GRADER_ERROR = Text(
    "The grader could not finish this exercise. That is not your fault and not a score of 0; "
    "your instructor has been told in the class report.",
    "採点プログラムの障害により、この演習の採点を完了できませんでした。"
    "あなたの提出物の問題ではなく、0 点でもありません。担当教員向けのレポートに記録されています。",
)


def _exercise(result: ExerciseResult, info: ExerciseInfo) -> ExerciseView:
    shared = _shared_problem(result.tests)
    keys = list(dict.fromkeys([*info.groups, *(t.group for t in result.tests)]))
    groups = [_group(key, [t for t in result.tests if t.group == key], info, shared is not None) for key in keys]
    return ExerciseView(
        result.id,
        info.title,
        info.unit,
        result.status,
        result.score,
        result.max_score,
        result.raw_score,
        result.late_seconds,
        late(result),
        (_GRADER_ERROR,) if result.status == "grader_error" else _texts(result.notes),
        tuple(group for group in groups if group.tests),
        ended(shared.status, shared.message) if shared else None,
        info.cause_text(shared.cause) if shared else None,
        any(t.response is not None for t in result.tests),
    )


def _shared_problem(tests: Sequence[TestResult]) -> TestResult | None:
    """The first visible test, where one cause failed every test in the same way."""
    visible = next((t for t in tests if t.tier == "visible"), None)
    alike = {(t.cause, t.status, t.message if t.tier == "visible" else None) for t in tests}
    outcomes = {(cause, status) for cause, status, _ in alike}
    if visible is not None and visible.response is not None:
        return None
    if visible is None or visible.cause is None or visible.status == "passed" or len(tests) < 2:
        return None
    return visible if len(outcomes) == 1 and sum(m is not None for *_, m in alike) == 1 else None


def _group(key: str, tests: Sequence[TestResult], info: ExerciseInfo, told: bool) -> GroupView:
    return GroupView(
        info.groups.get(key, Text.of(key)),
        sum((t.points for t in tests), Fraction(0)),
        sum((t.max_points for t in tests), Fraction(0)),
        tuple(_test(t, info, told) for t in tests),
    )


def _question(test: TestResult) -> VisibleTest:
    """A question of a quiz: its message has the answer, what is said to it, and why.

    The sentence of the cause is that of another student's numbers, and the message says it anyway.
    """
    state = _STATES.get(test.status) or (_PARTLY if test.points else _WRONG)
    return VisibleTest(test.title, test.status, test.points, test.max_points, None, test.message, state)


_STATES: dict[TestStatus, Text] = {"passed": Text("Right", "正解"), "not_run": Text("No answer", "無解答")}
_PARTLY, _WRONG = Text("Partly right", "部分点"), Text("Wrong", "不正解")


def _test(test: TestResult, info: ExerciseInfo, told: bool) -> HiddenTest | VisibleTest:
    if test.response is not None:
        return _question(test)
    failed = test.status != "passed"
    cause = info.cause_text(test.cause) if failed and not told else None
    common: dict[str, Any] = {
        "title": test.title,
        "status": test.status,
        "points": test.points,
        "max_points": test.max_points,
        "cause": cause,
    }
    if test.tier == "visible":
        return VisibleTest(**common, message=ended(test.status, test.message) if failed and not told else ())
    return HiddenTest(**common)


def _texts(notes: Iterable[Note]) -> tuple[Text, ...]:
    return tuple(note.text for note in notes)
