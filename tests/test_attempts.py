"""Several attempts of one student: which of them counts."""

from __future__ import annotations

import json
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest

from autograder.collect import Collection, Entry
from autograder.gradebook import Gradebook
from autograder.model import ExerciseResult, Submission, SubmissionResult
from autograder.pipeline import Attempts, Options, grade_class

SOLUTIONS = Path(__file__).resolve().parents[1] / "solutions"
RIGHT = "import numpy as np\n\n\ndef relu(x):\n    return np.maximum(x, 0)\n"
GRADIENT = "\n\ndef relu_grad(x):\n    return (np.asarray(x) > 0) * 1.0\n"


def grade(tmp_path: Path, policy: str) -> tuple[dict[str, tuple[float, int]], Path]:
    """Two students; the first worsens the work on the second attempt, and is late with the third."""
    (tmp_path / "course.yaml").write_text(
        f"title: {{en: C, ja: C}}\nsolutions: {SOLUTIONS}\nattempts: {policy}\nunits:\n"
        "  - id: a\n    title: {en: A, ja: A}\n    exercises: [{id: relu, due: 2026-11-20 17:00}]\n"
        "late: {after: zero}\n"
    )
    files = {
        "HW_taro_attempt_2026-11-18-10-00-00_relu.py": RIGHT + GRADIENT,
        "HW_taro_attempt_2026-11-19-10-00-00_relu.py": RIGHT,
        "HW_taro_attempt_2026-11-21-10-00-00_relu.py": RIGHT + GRADIENT,
        "HW_hana_attempt_2026-11-19-10-00-00_relu.py": RIGHT + GRADIENT,
    }
    with zipfile.ZipFile(tmp_path / "gradebook.zip", "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    out = tmp_path / "out"
    grade_class(Options(tmp_path / "gradebook.zip", out, course=tmp_path / "course.yaml", jobs=2))
    results = json.loads((out / "results.json").read_text())
    return {s["student"]: (s["score"], s["attempt"]) for s in results["submissions"]}, out


@pytest.mark.parametrize(
    ("policy", "scores", "graded"),
    [("newest", {"hana": (1.0, 1), "taro": (0.0, 3)}, 2), ("best", {"hana": (1.0, 1), "taro": (1.0, 1)}, 4)],
)
def test_the_newest_attempt_counts_or_the_best_after_lateness(
    tmp_path: Path, policy: str, scores: dict[str, tuple[float, int]], graded: int
) -> None:
    found, out = grade(tmp_path, policy)
    assert found == scores
    with Gradebook.open(out / "gradebook.sqlite") as book:
        assert sum(1 for _ in book._read("SELECT id FROM submission")) == graded


def result(student: str, attempt: int, score: int) -> SubmissionResult:
    exercise = ExerciseResult("relu", "graded", Fraction(score), Fraction(9))
    return SubmissionResult(student, (exercise,), attempt=attempt)


def test_a_students_attempts_are_recorded_together_in_whatever_order_they_are_graded() -> None:
    entries = [Entry(s, None, attempt=i, reader=lambda e: Submission(e.student, {})) for s in "ab" for i in (1, 2, 3)]
    waiting = Attempts(Collection(tuple(entries)))
    order = [("a", 3, 5), ("b", 2, 7), ("a", 1, 7), ("b", 3, 7), ("b", 1, 0), ("a", 2, 2)]
    recorded = [waiting.add(result(*r)) for r in order]
    assert [[(r.student, r.attempt) for r in found] for found in recorded] == [
        [],
        [],
        [],
        [],
        [("b", 1), ("b", 2), ("b", 3)],
        [("a", 2), ("a", 3), ("a", 1)],
    ]
