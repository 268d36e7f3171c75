"""The demo class answers the final quiz as a class would: graded from every way of handing in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.course.exercise import load_exercise
from autograder.course.load import load_course
from autograder.demo.class_of_sixty import make_class
from autograder.pipeline import Options, grade_class

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    course = load_course(ROOT / "course.yaml")
    exercises = {i: load_exercise(course.solutions_dir / i) for i in course.exercise_ids}
    return make_class(tmp_path_factory.mktemp("demo"), course, exercises, 40)


@pytest.fixture(scope="module")
def results(made, tmp_path_factory) -> list[dict]:
    out = tmp_path_factory.mktemp("out")
    grade_class(Options(made.submissions, out, made.course, only=["quiz_final"], roster=made.roster))
    submissions = json.loads((out / "results.json").read_text(encoding="utf-8"))["submissions"]
    return [s["exercises"][0] for s in submissions]


def test_practice_quizzes_give_no_points_in_the_demo(made):
    course = load_course(made.course)
    assert [i for i in course.graded_ids if i in course.quizzes] == ["quiz_final"]


def test_answers_come_as_files_of_both_kinds_and_as_notebook_cells(made):
    files = [p.read_text(encoding="utf-8") for p in made.submissions.glob("*/quiz_final.yaml")]
    books = [p.read_text(encoding="utf-8") for p in made.submissions.glob("*/homework.ipynb")]
    assert sum(text.startswith("{") for text in files) > 3
    assert sum(not text.startswith("{") for text in files) > 3
    assert sum("%%quiz quiz_final" in text for text in books) > 1
    assert any("１" in text for text in files), "some type full-width digits"


def test_the_class_is_a_mixture(results):
    graded = [r for r in results if r["status"] == "graded"]
    assert 30 <= len(graded) < len(results)
    shares = [r["score"] / r["max_score"] for r in graded]
    assert min(shares) < 0.6 < 0.85 < max(shares)
    tests = [t for r in graded for t in r["tests"]]
    assert {t["status"] for t in tests} == {"passed", "failed", "not_run"}
    assert any(0 < t["points"] < t["max_points"] for t in tests)
    assert len({t["cause"] for t in tests}) > 20


def test_no_answer_of_the_demo_is_refused(results):
    assert [note for r in results for note in r["notes"] if note["code"] == "quiz_answers"] == []


def test_the_same_class_comes_out_each_time(made, tmp_path):
    course = load_course(ROOT / "course.yaml")
    exercises = {i: load_exercise(course.solutions_dir / i) for i in course.exercise_ids}
    again = make_class(tmp_path, course, exercises, 6)
    for path in again.submissions.glob("*/*"):
        assert path.read_bytes() == (made.submissions / path.relative_to(again.submissions)).read_bytes()
