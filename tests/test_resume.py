"""``grade --resume``: what is new or changed is graded, what is not is kept, and two suites never share a run."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from autograder.cli import main
from autograder.gradebook import Gradebook

SOLUTIONS = Path(__file__).resolve().parent.parent / "solutions"
RELU = (SOLUTIONS / "relu" / "relu.py").read_text(encoding="utf-8")
WRONG = "def relu(x):\n    return x\n\n\ndef relu_grad(x):\n    return x\n"
COURSE = """
title: {en: Small, ja: 小さな講義}
solutions: solutions
timezone: UTC
units:
  - id: first
    title: {en: First, ja: 最初}
    exercises:
      - {id: relu, points: 2}
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    shutil.copytree(SOLUTIONS / "relu", tmp_path / "solutions" / "relu")
    (tmp_path / "course.yaml").write_text(COURSE, encoding="utf-8")
    hand_in(tmp_path, "s1", RELU)
    hand_in(tmp_path, "s2", WRONG)
    return tmp_path


def hand_in(course: Path, student: str, text: str, name: str = "relu.py") -> None:
    folder = course / "in" / student
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def grade(course: Path, *more: str) -> dict[str, Any]:
    done: Result = CliRunner().invoke(
        main, ["grade", str(course / "in"), "--out", str(course / "out"), "--course", str(course), "--json", *more]
    )
    assert done.exit_code == 0, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def scores(course: Path) -> dict[str, float]:
    data = json.loads((course / "out" / "results.json").read_text(encoding="utf-8"))
    return {s["student"]: s["score"] for s in data["submissions"]}


def rows(course: Path) -> list[tuple[int, str, str]]:
    with sqlite3.connect(course / "out" / "gradebook.sqlite") as database:
        return list(database.execute("SELECT run_id, student, score FROM grade ORDER BY id"))


def test_a_finished_run_goes_on_with_what_is_new_and_what_changed(course: Path) -> None:
    first = grade(course)
    hand_in(course, "s2", RELU)
    hand_in(course, "s3", RELU)
    again = grade(course, "--resume")
    assert (again["graded"], again["kept"], again["seed"], again["anew"]) == (2, 1, first["seed"], None)
    assert scores(course) == {"s1": 2, "s2": 2, "s3": 2}
    by_student = sorted(rows(course), key=lambda row: row[1])  # whose turn comes first is not promised
    assert by_student == [(1, "s1", "2/1"), (1, "s2", "0/1"), (1, "s2", "2/1"), (1, "s3", "2/1")]
    with Gradebook.open(course / "out" / "gradebook.sqlite") as book:
        run = book.last_run()
        assert run is not None
        assert run.resumed
        assert run.finished_at is not None


def test_with_nothing_new_nothing_is_graded_and_nothing_is_recorded(course: Path) -> None:
    grade(course)
    before = rows(course)
    again = grade(course, "--resume")
    assert (again["graded"], again["kept"]) == (0, 2)
    assert rows(course) == before


def test_work_that_changed_back_is_graded_once_more(course: Path) -> None:
    grade(course)
    for text, score in ((WRONG, 0), (RELU, 2)):
        hand_in(course, "s1", text)
        grade(course, "--resume")
        assert scores(course)["s1"] == score


def test_who_was_absent_and_hands_in_is_graded(course: Path) -> None:
    (course / "class.csv").write_text("student\ns1\ns2\ns9\n")
    grade(course, "--roster", str(course / "class.csv"))
    hand_in(course, "s9", RELU)
    grade(course, "--roster", str(course / "class.csv"), "--resume")
    assert scores(course) == {"s1": 2, "s2": 0, "s9": 2}


def test_who_comes_onto_the_roster_is_recorded_as_missing(course: Path) -> None:
    grade(course)
    (course / "class.csv").write_text("student\ns1\ns2\ns9\n")
    assert grade(course, "--roster", str(course / "class.csv"), "--resume")["missing"] == 1
    assert scores(course)["s9"] == 0


def test_a_file_that_was_not_understood_is_named_again_until_it_is_renamed(course: Path) -> None:
    hand_in(course, "s4", "%PDF", "relu.pdf")
    assert len(grade(course)["not_understood"]) == 1
    assert len(grade(course, "--resume")["not_understood"]) == 1
    hand_in(course, "s4", RELU)
    assert grade(course, "--resume")["not_understood"] == []
    assert scores(course)["s4"] == 2


def edit_suite(course: Path) -> None:
    suite = course / "solutions" / "relu" / "test_hidden.py"
    suite.write_text(suite.read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")


def edit_causes(course: Path) -> None:
    hints = course / "solutions" / "relu" / "hints.yaml"
    hints.write_text(hints.read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")


def edit_base_of_a_slip(course: Path) -> None:
    base = course / "solutions" / "relu" / "right" / "mask.py"
    base.write_text(base.read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")


def edit(old: str, new: str) -> Any:
    def change(course: Path) -> None:
        path = course / "course.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (edit_suite, "the tests or questions of relu"),
        (edit_causes, "the named causes of relu"),
        (edit_base_of_a_slip, "the named causes of relu"),
        (edit("points: 2", "points: 4"), "the points"),
        (edit("points: 2", "points: 2, due: 2020-01-01"), "the due dates"),
        (edit("units:", "late: {after: zero}\nunits:"), "the late policy"),
        (edit("units:", "limits: {seconds: 9}\nunits:"), "the limits"),
        (edit("units:", "attempts: best\nunits:"), "which attempt counts"),
    ],
)
def test_what_decides_a_grade_begins_a_new_run_that_says_why(course: Path, change: Any, named: str) -> None:
    grade(course)
    change(course)
    again = grade(course, "--resume")
    assert (again["graded"], again["kept"]) == (2, 0)
    assert f"since run 1, {named} changed" in again["anew"]["en"]
    assert again["anew"]["ja"].startswith("続きからの採点はできません")
    assert {run for run, *_ in rows(course)[2:]} == {2}


def test_another_seed_begins_a_new_run(course: Path) -> None:
    first = grade(course, "--seed", "1")
    assert grade(course, "--resume", "--seed", "1")["kept"] == 2
    assert first["anew"] is None
    assert "the seed changed" in grade(course, "--resume", "--seed", "2")["anew"]["en"]


@pytest.mark.parametrize("change", [edit("Small", "Other"), edit("units:", "lms: {moodle: {total: Sum}}\nunits:")])
def test_a_title_or_a_name_in_an_lms_decides_no_grade(course: Path, change: Any) -> None:
    grade(course)
    change(course)
    assert grade(course, "--resume")["kept"] == 2
