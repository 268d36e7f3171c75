"""Small results with every kind of value that the gradebook must keep."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from autograder.gradebook import CourseInfo, ExerciseInfo, Gradebook
from autograder.i18n import Text
from autograder.model import ExerciseResult, Note, Sentence, SubmissionResult, TestResult

JST = timezone(timedelta(hours=9))


@pytest.fixture
def course() -> CourseInfo:
    return CourseInfo(
        Text("Deep learning", "深層学習"),
        (
            ExerciseInfo(
                "relu",
                Text("ReLU", "ReLU 関数"),
                Fraction(1, 3),
                Text("Activations", "活性化関数"),
                {"relu": Text("The function", "関数の値")},
                {"absolute_value": Text("An absolute value.", "絶対値です。")},
            ),
            ExerciseInfo("adam", Text("Adam", "Adam"), Fraction(2)),
        ),
    )


@pytest.fixture
def make_result() -> Callable[..., SubmissionResult]:
    def make(student: str = "s001", score: Fraction | None = Fraction(1, 3), **changes: Any) -> SubmissionResult:
        test = TestResult(
            "test_negative_is_zero",
            "hidden",
            "failed",
            Fraction(0),
            Fraction(1, 3),
            "absolute_value",
            (Sentence(Text("Negative came out positive.", "負の値が正になっています。")),),
            Text("negative inputs", "負の入力"),
            "relu",
        )
        status = "graded" if score is not None else "grader_error"
        relu = ExerciseResult(
            "relu", status, score, Fraction(1, 3), (test,), score, 3600, (), f"src-{student}", "suite-1"
        )
        adam = ExerciseResult("adam", "missing", Fraction(0), Fraction(2), (), Fraction(0), suite_sha256="suite-2")
        values: dict[str, Any] = {
            "received_at": datetime(2026, 5, 31, 17, 0, 5, tzinfo=JST),
            "attempt": 2,
            "name": '山田, "太郎"\n<script>alert(1)</script>',
            "notes": (Note("duplicate", Text("Two files.", "ファイルが 2 つあります。")),),
            "submission_sha256": f"sha-{student}",
            "seconds": 0.25,
            "extra": {"folder": "../x"},
        }
        return SubmissionResult(student, (relu, adam), **{**values, **changes})

    return make


@pytest.fixture
def begin(course: CourseInfo) -> Callable[..., int]:
    def begin(gradebook: Gradebook, course_sha: str = "course-1", seed: int = 1) -> int:
        return gradebook.begin_run(
            course, course_sha=course_sha, seed=seed, sandbox={"network": True, "memory": False}, engine="0.1"
        )

    return begin


@pytest.fixture
def gradebook(tmp_path: Path):
    with Gradebook.open(tmp_path / "gradebook.sqlite") as book:
        yield book
