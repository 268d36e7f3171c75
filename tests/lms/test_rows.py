"""The rows that every way out starts from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from autograder.errors import GraderError
from autograder.gradebook import CourseInfo, Gradebook
from autograder.i18n import Text
from autograder.lms import TOTAL, GradeRow, grade_rows
from autograder.model import ExerciseResult, Note, Sentence, SubmissionResult, TestResult

HALF, ONE = Fraction(1, 2), Fraction(1)


def graded(i: str, score: Fraction | None, *tests: TestResult, status: str | None = None) -> ExerciseResult:
    return ExerciseResult(i, status or ("grader_error" if score is None else "graded"), score, ONE, tests)  # type: ignore[arg-type]


def hidden(cause: str | None, message: str) -> TestResult:
    return TestResult("t", "hidden", "failed", Fraction(0), ONE, cause, (Sentence(Text.of(message)),), Text.of("Shape"))


@pytest.fixture
def book(tmp_path: Path, course: CourseInfo) -> Gradebook:
    book = Gradebook.open(tmp_path / "gradebook.sqlite")
    run = book.begin_run(course=course, course_sha="c", seed=1, sandbox={}, engine="1")
    sha = {"submission_sha256": "abc"}
    book.record(
        run, SubmissionResult("s1", (graded("relu", HALF), graded("softmax", ONE)), extra={"moodle": "4"}, **sha)
    )
    book.record(run, SubmissionResult("s2", (graded("relu", HALF), graded("softmax", None)), **sha))
    missing = (graded("relu", Fraction(0), status="missing"), graded("softmax", Fraction(0), status="missing"))
    book.record(run, SubmissionResult("s3", missing, name="佐藤"))
    book.record(run, SubmissionResult("s4", missing, submission_sha256="abc"))
    book.finish_run(run)
    return book


def test_scores_are_exact_and_ids_travel(book: Gradebook) -> None:
    row = grade_rows(book, 1)[0]
    assert row.scores == {"relu": HALF, "softmax": ONE, TOTAL: Fraction(3, 2)}
    assert row.maxima == {"relu": ONE, "softmax": ONE, TOTAL: Fraction(2)}
    assert row.ids == {"moodle": "4"}


def test_where_the_grader_failed_neither_the_exercise_nor_the_total_has_a_score(book: Gradebook) -> None:
    assert grade_rows(book, 1)[1].scores == {"relu": HALF, "softmax": None, TOTAL: None}


def test_absent_is_not_zero_unless_it_is_asked_for(book: Gradebook) -> None:
    assert set(grade_rows(book, 1)[2].scores.values()) == {None}
    assert grade_rows(book, 1)[2].absent
    zero = grade_rows(book, 1, absent_is_zero=True)[2]
    assert set(zero.scores.values()) == {Fraction(0)}
    # The grader's failure stays no score.
    assert grade_rows(book, 1, absent_is_zero=True)[1].scores[TOTAL] is None


def test_who_handed_in_something_unusable_has_zero(book: Gradebook) -> None:
    row = grade_rows(book, 1)[3]
    assert not row.absent
    assert row.scores[TOTAL] == 0


def test_what_was_not_understood_is_never_zero_unless_that_is_asked_for(tmp_path: Path, course: CourseInfo) -> None:
    unread = ExerciseResult("softmax", "missing", None, ONE, notes=(Note("not_understood", Text("a.pdf", "a.pdf")),))
    with Gradebook.open(tmp_path / "g.sqlite") as book:
        run = book.begin_run(course=course, course_sha="c", seed=1, sandbox={}, engine="1")
        book.record(run, SubmissionResult("s1", (graded("relu", HALF), unread), submission_sha256="a"))
        book.record(run, SubmissionResult("s2", (replace(unread, id="relu"), unread), submission_sha256="a"))
        for absent in (False, True):
            some, nothing = grade_rows(book, run, absent_is_zero=absent)
            assert some.scores == {"relu": HALF, "softmax": None, TOTAL: None}
            assert set(nothing.scores.values()) == {None}
            assert (some.not_understood, nothing.absent, nothing.status) == (("softmax",), False, "needs_review")
            assert "not a score of 0" in nothing.feedback.en
        some, nothing = grade_rows(book, run, not_understood_is_zero=True)
        assert (some.scores[TOTAL], nothing.scores[TOTAL]) == (HALF, 0)


def test_over_all_runs_a_grade_keeps_the_maximum_that_it_was_given_under(book: Gradebook, course: CourseInfo) -> None:
    run = book.begin_run(course=course, course_sha="d", seed=1, sandbox={}, engine="1")
    better = ExerciseResult("relu", "graded", Fraction(2), Fraction(2))
    book.record(run, SubmissionResult("s1", (better,), submission_sha256="x"))
    row = grade_rows(book)[0]
    assert row.scores == {"relu": Fraction(2), "softmax": ONE, TOTAL: Fraction(3)}
    assert row.maxima[TOTAL] == 3


def test_feedback_names_causes_and_no_message_of_a_hidden_test(tmp_path: Path, course: CourseInfo) -> None:
    book = Gradebook.open(tmp_path / "g.sqlite")
    run = book.begin_run(course=course, course_sha="c", seed=1, sandbox={}, engine="1")
    secret = hidden("all_zero", "SECRET expected 0.731")
    note = (Note("grader_error", Text.of("/secret/path failed")),)
    failed = ExerciseResult("softmax", "grader_error", None, ONE, notes=note)
    book.record(run, SubmissionResult("s1", (graded("relu", HALF, secret, secret), failed), submission_sha256="x"))
    feedback = grade_rows(book, run)[0].feedback
    for text in (feedback.en, feedback.ja):
        assert "SECRET" not in text
        assert "/secret" not in text
        assert "0.5 / 1" in text
    assert "Softmax: could not be graded; not a score of 0" in feedback.en
    assert "ソフトマックス関数：採点できませんでした（0 点ではありません）" in feedback.ja


def test_an_empty_gradebook_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match="nothing has been graded"):
        grade_rows(Gradebook.open(tmp_path / "g.sqlite"))


def test_the_address_of_somebody_without_an_id_is_no_id_number(row: Callable[..., GradeRow]) -> None:
    guest = row("ito@x.example", {"relu": HALF}, ids={"email": "Ito@x.example"})
    assert (guest.id("idnumber"), guest.id("sis")) == (None, None)
    assert guest.id("username") == "ito@x.example"
    own = row("s1", {"relu": HALF}, ids={"email": "s1@x.example", "username": "s1"})
    assert own.id("idnumber") == "s1"
