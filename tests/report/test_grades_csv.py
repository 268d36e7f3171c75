"""`grades.csv`: one row a student, no formulas, no score invented or lost."""

from __future__ import annotations

import csv
from dataclasses import replace
from fractions import Fraction

import pytest

from autograder.i18n import Text
from autograder.model import Note, SubmissionResult
from autograder.report.grades_csv import grades_csv, text_cell
from autograder.score import grader_error_result, missing_result

NOTE = Note("grader_error", Text("x", "x"))


def rows(tmp_path, results, exercises=("relu", "adam")) -> list[dict[str, str]]:
    with grades_csv(tmp_path / "grades.csv", exercises) as add:
        for result in results:
            add(result)
    with open(tmp_path / "grades.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def graded(exercise: str, score: Fraction | int, late: int = 0):
    return replace(missing_result(exercise, Fraction(10)), status="graded", score=Fraction(score), late_seconds=late)


def test_columns_are_student_exercises_total_status(tmp_path):
    (row,) = rows(tmp_path, [SubmissionResult("s1", (graded("relu", Fraction(1, 3)), graded("adam", 2)))])
    assert row == {"student": "s1", "relu": "0.3333", "adam": "2", "total": "2.3333", "status": "complete"}


def test_a_grader_error_is_an_empty_cell_and_missing_is_zero(tmp_path):
    result = SubmissionResult(
        "s1", (grader_error_result("relu", Fraction(10), NOTE), missing_result("adam", Fraction(1)))
    )
    (row,) = rows(tmp_path, [result])
    assert (row["relu"], row["adam"], row["status"]) == ("", "0", "needs_review")


def test_an_exercise_that_was_not_graded_is_an_empty_cell(tmp_path):
    (row,) = rows(tmp_path, [SubmissionResult("s1", (graded("relu", 1),))])
    assert row["adam"] == ""


@pytest.mark.parametrize(
    ("exercises", "notes", "status"),
    [
        ((graded("relu", 1), graded("adam", 1)), (), "complete"),
        ((graded("relu", 1), graded("adam", 1, late=5)), (), "late"),
        ((graded("relu", 1, late=5), missing_result("adam", Fraction(1))), (), "partial"),
        ((missing_result("relu", Fraction(1)), missing_result("adam", Fraction(1))), (), "missing"),
        ((graded("relu", 1), grader_error_result("adam", Fraction(1), NOTE)), (), "needs_review"),
        ((graded("relu", 1), graded("adam", 1)), (Note("duplicate_file", Text("x", "x")),), "needs_review"),
        ((graded("relu", 1), graded("adam", 1)), (Note("not_utf8", Text("x", "x")),), "complete"),
    ],
)
def test_status_is_the_word_that_most_needs_a_person(tmp_path, exercises, notes, status):
    (row,) = rows(tmp_path, [SubmissionResult("s1", exercises, notes=notes)])
    assert row["status"] == status


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1"])
def test_text_that_begins_like_a_formula_is_made_harmless(text):
    assert text_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["s001", "0012345", "山田", "a=b", ""])
def test_other_text_is_left_alone(text):
    assert text_cell(text) == text


def test_hostile_ids_stay_in_their_own_cell(tmp_path):
    ids = ['a,b;"c"', "<script>", "../x", "back\\slash\\", "'quoted'"]
    got = rows(tmp_path, [SubmissionResult(i, (graded("relu", 7), graded("adam", 1))) for i in ids])
    assert [row["student"] for row in got] == ids
    assert {row["relu"] for row in got} == {"7"}


def test_there_is_no_byte_order_mark(tmp_path):
    rows(tmp_path, [])
    assert (tmp_path / "grades.csv").read_bytes() == b"student,relu,adam,total,status\n"


def test_what_would_act_in_an_id_is_spelled_out(tmp_path):
    (row,) = rows(
        tmp_path, [SubmissionResult("line\nbreak\r\n\x1b[31m\u202ename", (graded("relu", 7), graded("adam", 1)))]
    )
    assert row["student"] == r"line\nbreak\r\n\x1b[31m\u202ename"
