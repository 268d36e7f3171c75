"""`autograder.score`: exact sums, the late policy, and no score where the grader failed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.errors import GraderError
from autograder.i18n import Text
from autograder.model import Note, TestResult
from autograder.score import exercise_result, grader_error_result, late_score, missing_result

HOUR, DAY = 3600, 86400


@dataclass(frozen=True)
class Policy:
    grace_minutes: float = 0
    per_day: float = 0
    maximum: float = 100
    after: Literal["penalty", "zero", "accept"] = "penalty"
    cutoff_days: float | None = None


def points(got: Fraction | int, most: Fraction | int, name: str = "test_a") -> TestResult:
    status = "passed" if got == most else "failed"
    return TestResult(name, "hidden", status, Fraction(got), Fraction(most), None, (), Text("t", "t"))


@pytest.mark.parametrize(
    ("late", "policy", "expected"),
    [
        (0, Policy(per_day=10), 8),
        (-5 * DAY, Policy(per_day=10), 8),
        (1, Policy(per_day=10), 7),
        (DAY, Policy(per_day=10), 7),
        (DAY + 1, Policy(per_day=10), 6),
        (30 * DAY, Policy(per_day=10), 0),
        (30 * DAY, Policy(per_day=10, maximum=40), 4),
        (10 * 60, Policy(grace_minutes=10, per_day=10), 8),
        (10 * 60 + 1, Policy(grace_minutes=10, per_day=10), 7),
        (DAY + 10 * 60, Policy(grace_minutes=10, per_day=10), 7),
        (1, Policy(after="zero"), 0),
        (60, Policy(after="zero", grace_minutes=1), 8),
        (5 * DAY, Policy(after="accept", per_day=10), 8),
        (5 * DAY, Policy(after="accept", cutoff_days=4), 0),
        (7 * DAY, Policy(per_day=1, cutoff_days=7), Fraction(73, 10)),
        (7 * DAY + 1, Policy(per_day=1, cutoff_days=7), 0),
    ],
)
def test_late_policy_takes_off_what_it_says(late: int, policy: Policy, expected: Fraction) -> None:
    assert late_score(Fraction(8), Fraction(10), late, policy) == expected


def test_deduction_is_of_the_maximum_not_of_the_score() -> None:
    assert late_score(Fraction(5), Fraction(10), HOUR, Policy(per_day=20)) == 3


def test_decimal_percentages_are_exact() -> None:
    assert late_score(Fraction(1), Fraction(1), HOUR, Policy(per_day=0.1)) == Fraction(999, 1000)


@given(
    raw=st.fractions(0, 10),
    late=st.integers(-DAY, 400 * DAY),
    per_day=st.floats(0, 100),
    maximum=st.floats(0, 100),
    after=st.sampled_from(["penalty", "zero", "accept"]),
    cutoff=st.none() | st.floats(0, 100),
)
def test_late_score_stays_between_zero_and_raw(raw, late, per_day, maximum, after, cutoff) -> None:
    policy = Policy(5, per_day, maximum, after, cutoff)
    first, later = (late_score(raw, Fraction(10), t, policy) for t in (late, late + HOUR))
    assert 0 <= later <= first <= raw


def test_thirds_add_up_to_one() -> None:
    third = Fraction(1, 3)
    result = exercise_result("relu", [points(third, third, f"t{i}") for i in range(3)], Fraction(1))
    assert (result.status, result.score, result.raw_score) == ("graded", 1, 1)


def test_raw_score_is_kept_beside_the_late_score() -> None:
    result = exercise_result("relu", [points(4, 5)], Fraction(5), late_seconds=HOUR, policy=Policy(per_day=10))
    assert (result.raw_score, result.score, result.late_seconds) == (4, Fraction(7, 2), HOUR)


def test_early_work_is_recorded_as_on_time() -> None:
    assert exercise_result("relu", [points(1, 1)], Fraction(1), late_seconds=-50).late_seconds == 0


@pytest.mark.parametrize(
    "tests",
    [[], [points(2, 1)], [points(-1, 1)], [points(1, 1, "a"), points(1, 1, "b")]],
    ids=["no tests", "above its maximum", "negative", "sum above the maximum"],
)
def test_impossible_points_are_a_grader_error(tests: list[TestResult]) -> None:
    with pytest.raises(GraderError, match="relu"):
        exercise_result("relu", tests, Fraction(1))


def test_missing_work_scores_zero_and_a_grader_error_scores_nothing() -> None:
    missing = missing_result("relu", Fraction(1))
    assert (missing.status, missing.score) == ("missing", 0)
    note = Note("judge_died", Text("The judge ended.", "採点プロセスが終了しました。"))
    failed = grader_error_result("relu", Fraction(1), note)
    assert (failed.status, failed.score, failed.raw_score, failed.notes) == ("grader_error", None, None, (note,))
