"""From test results to a score: pure, exact, and the only place where points are added up.

All arithmetic is in `Fraction`, so that three tests of a third of a point make one point, and
rounding happens where a number is shown. A failure of the grader is *no score*: the functions
here have no way to turn one into 0.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, Protocol

from .errors import GraderError
from .i18n import Text
from .model import ExerciseResult, Note, TestResult

_DAY = 86400


class LatePolicy(Protocol):
    """What becomes of work handed in after the deadline. All numbers are as an author writes them.

    Attributes
    ----------
    grace_minutes
        The deadline is moved by so much before lateness is measured.
    per_day
        Percent of the exercise's maximum taken off for each started day.
    maximum
        Most percent that may be taken off.
    after
        ``penalty`` takes points off, ``zero`` gives late work 0, ``accept`` records that it was
        late and takes nothing off.
    cutoff_days
        Work later than this scores 0, whatever `after` says; None for no cut-off.
    """

    @property
    def grace_minutes(self) -> float: ...
    @property
    def per_day(self) -> float: ...
    @property
    def maximum(self) -> float: ...
    @property
    def after(self) -> Literal["penalty", "zero", "accept"]: ...
    @property
    def cutoff_days(self) -> float | None: ...


def late_score(raw: Fraction, maximum: Fraction, late_seconds: float, policy: LatePolicy) -> Fraction:
    """The score after the late policy.

    Parameters
    ----------
    raw
        Points from the tests, ``0 <= raw <= maximum``.
    maximum
        Most points of the exercise.
    late_seconds
        Seconds after the deadline; negative or 0 is on time.

    Returns
    -------
    Fraction
        Never negative and never above `raw`.
    """
    late = _exact(late_seconds) - _exact(policy.grace_minutes) * 60
    if late <= 0:
        return raw
    if policy.after == "zero" or (policy.cutoff_days is not None and late > _exact(policy.cutoff_days) * _DAY):
        return Fraction(0)
    if policy.after == "accept":
        return raw
    percent = min(_exact(policy.per_day) * math.ceil(late / _DAY), _exact(policy.maximum))
    return max(Fraction(0), raw - maximum * percent / 100)


def exercise_result(
    exercise_id: str,
    tests: Sequence[TestResult],
    max_score: Fraction,
    *,
    late_seconds: int = 0,
    policy: LatePolicy | None = None,
    notes: Sequence[Note] = (),
    source_sha256: str = "",
    suite_sha256: str = "",
) -> ExerciseResult:
    """A graded exercise: the sum of its tests' points, after the late policy.

    Raises
    ------
    GraderError
        The points cannot be right: no tests, a test above its maximum, or a sum above
        `max_score`. The suite is at fault, so no score may follow.
    """
    if not tests:
        raise GraderError(_NO_TESTS.format(exercise=exercise_id))
    for test in tests:
        if not 0 <= test.points <= test.max_points:
            raise GraderError(
                _BAD_POINTS.format(exercise=exercise_id, test=test.name, points=test.points, maximum=test.max_points)
            )
    raw = sum((test.points for test in tests), Fraction(0))
    if raw > max_score:
        raise GraderError(_BAD_SUM.format(exercise=exercise_id, points=raw, maximum=max_score))
    score = raw if policy is None else late_score(raw, max_score, late_seconds, policy)
    return ExerciseResult(
        exercise_id,
        "graded",
        score,
        max_score,
        tuple(tests),
        raw,
        max(0, late_seconds),
        tuple(notes),
        source_sha256,
        suite_sha256,
    )


def missing_result(
    exercise_id: str, max_score: Fraction, *, notes: Sequence[Note] = (), suite_sha256: str = ""
) -> ExerciseResult:
    """Nothing was handed in for this exercise: 0 points, and the status says why."""
    return ExerciseResult(
        exercise_id, "missing", Fraction(0), max_score, (), Fraction(0), notes=tuple(notes), suite_sha256=suite_sha256
    )


def not_understood_result(
    exercise_id: str, max_score: Fraction, note: Note, *, suite_sha256: str = ""
) -> ExerciseResult:
    """Something was handed in that may be this exercise and was not understood: no score, and `note` says where."""
    return ExerciseResult(exercise_id, "missing", None, max_score, (), None, notes=(note,), suite_sha256=suite_sha256)


def grader_error_result(
    exercise_id: str,
    max_score: Fraction,
    note: Note,
    *,
    late_seconds: int = 0,
    source_sha256: str = "",
    suite_sha256: str = "",
) -> ExerciseResult:
    """The grader failed on this exercise: no score, and `note` says what a person must look at."""
    return ExerciseResult(
        exercise_id,
        "grader_error",
        None,
        max_score,
        (),
        None,
        max(0, late_seconds),
        (note,),
        source_sha256,
        suite_sha256,
    )


def _exact(number: float) -> Fraction:
    """The decimal number that was written, not its binary neighbour: 0.1 is 1/10."""
    return Fraction(str(number))


_NO_TESTS = Text("{exercise}: the suite ran no test", "{exercise}: テストが 1 つも実行されませんでした")
_BAD_POINTS = Text(
    "{exercise}: {test} gave {points} of {maximum} points",
    "{exercise}: {test} の得点 {points} が配点 {maximum} の範囲外です",
)
_BAD_SUM = Text(
    "{exercise}: the tests gave {points} points, more than the maximum of {maximum}",
    "{exercise}: テストの得点の合計 {points} が満点 {maximum} を超えています",
)
