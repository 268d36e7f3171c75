"""What a student costs in each output stays small: nine exercises of the real course, graded by the real pipeline."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from autograder.course.exercise import load_exercise
from autograder.course.load import load_course
from autograder.demo.class_of_sixty import make_class
from autograder.pipeline import Options, grade_class

ROOT = Path(__file__).parents[2]
STUDENTS = 10


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = load_course(ROOT / "course.yaml")
    exercises = {i: load_exercise(course.solutions_dir / i) for i in course.exercise_ids}
    assert len(exercises) == 9
    made = make_class(tmp_path_factory.mktemp("class"), course, exercises, STUDENTS)
    out = tmp_path_factory.mktemp("out")
    grade_class(Options(made.submissions, out, made.course, only=[*exercises], seed=1, roster=made.roster))
    return out


def test_results_json_tells_each_test_in_few_bytes(out: Path) -> None:
    """Seven keys for each test are most of it: what is said comes on top, once for each cause."""
    text = (out / "results.json").read_text(encoding="utf-8")
    lines = [line.encode() for line in text.splitlines() if line.startswith('{"student"')]
    graded = [line for line in lines if b'"graded"' in line]
    assert len(graded) == STUDENTS
    tests = [t for s in json.loads(text)["submissions"] for e in s["exercises"] for t in e["tests"]]
    failed = sum(t["status"] != "passed" for t in tests)
    assert failed > 20 * STUDENTS, "these are realistic failures"
    assert sum(map(len, graded)) <= 200 * len(tests)
    assert all(t["message"] is None for t in tests if t["status"] == "passed")
    assert len(text.encode()) - sum(map(len, lines)) < 60_000, "titles stand once a run"


def test_the_gradebook_keeps_of_a_passed_test_its_number(out: Path) -> None:
    with sqlite3.connect(out / "gradebook.sqlite") as database:
        (size,) = database.execute("SELECT sum(length(CAST(tests AS BLOB))) FROM grade").fetchone()
        passed = database.execute(
            "SELECT count(*) FROM grade AS g, json_each(g.tests) AS t WHERE t.type = 'integer'"
        ).fetchone()
    assert passed[0] > 150 * STUDENTS
    assert size <= 15_000 * STUDENTS


def test_a_page_has_at_most_90_kb_a_student(out: Path) -> None:
    pages = [p.stat().st_size for p in (out / "feedback").iterdir()]
    assert sum(pages) <= 90_000 * len(pages)
