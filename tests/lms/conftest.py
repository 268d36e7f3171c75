"""The class of the golden folders, and rows made by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from autograder.gradebook import CourseInfo, ExerciseInfo
from autograder.i18n import Text
from autograder.lms import TOTAL, GradeRow
from autograder.model import ExerciseResult, SubmissionResult

GOLDEN = Path(__file__).parent / "golden"
COURSE = CourseInfo(
    Text("Deep learning", "深層学習"),
    (
        ExerciseInfo("relu", Text("ReLU", "ReLU"), Fraction(1)),
        ExerciseInfo("softmax", Text("Softmax", "ソフトマックス関数"), Fraction(1)),
    ),
)


def make_row(
    student: str,
    scores: Mapping[str, Fraction | None],
    *,
    name: str | None = None,
    ids: Mapping[str, str] | None = None,
    feedback: Text | None = None,
    absent: bool = False,
    maxima: Mapping[str, Fraction] | None = None,
) -> GradeRow:
    known = [s for s in scores.values() if s is not None]
    total = sum(known, Fraction(0)) if len(known) == len(scores) else None
    most = {i: Fraction(1) for i in scores} if maxima is None else dict(maxima)
    exercises = tuple(
        ExerciseResult(i, "missing", Fraction(0), most[i])
        if absent
        else ExerciseResult(i, "grader_error" if s is None else "graded", s, most[i])
        for i, s in scores.items()
    )
    return GradeRow(
        student,
        name,
        ids or {},
        {**scores, TOTAL: total},
        {**most, TOTAL: sum(most.values(), Fraction(0))},
        "missing" if absent else "complete",
        feedback or Text("", ""),
        absent,
        SubmissionResult(student, exercises, name=name, extra=dict(ids or {})),
    )


@pytest.fixture(scope="session")
def row() -> Callable[..., GradeRow]:
    return make_row


@pytest.fixture(scope="session")
def course() -> CourseInfo:
    return COURSE


@pytest.fixture
def a_class() -> list[GradeRow]:
    """Six students: see golden/README.md."""
    people = json.loads((GOLDEN / "class.json").read_text(encoding="utf-8"))
    return [
        make_row(
            p["student"],
            {i: None if s is None else Fraction(s) for i, s in p["scores"].items()},
            name=p["name"],
            ids=p["ids"],
            feedback=Text.of(p["feedback"]),
            absent=p.get("absent", False),
        )
        for p in people
    ]
