"""A gradebook of a time when a message was text (`schema_2.sql`, written by the program of then) still reads."""

from __future__ import annotations

import sqlite3
from fractions import Fraction
from pathlib import Path

import pytest

from autograder.gradebook import Gradebook
from autograder.model import Lines, Sentence
from autograder.report import write_all


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "gradebook.sqlite"
    with sqlite3.connect(path) as database:
        database.executescript((Path(__file__).parent / "schema_2.sql").read_text(encoding="utf-8"))
    return path


def test_scores_titles_and_answers_are_as_they_were(old: Path) -> None:
    with Gradebook.open(old) as book:
        first, second = book.results(1)
    assert (first.score, second.score) == (Fraction(11, 6), 0)
    relu, quiz = first.exercises
    assert [(t.name, t.tier, t.status) for t in relu.tests] == [
        ("test_sign", "visible", "failed"),
        ("test_zero", "visible", "passed"),
        ("test_sign", "hidden", "failed"),
        ("test_shape", "hidden", "passed"),
        ("test_list", "hidden", "error"),
    ]
    assert [t.title.ja for t in relu.tests] == ["負の入力", "ゼロ", "負の入力（再）", "形状", "リスト"]
    assert [(t.response, t.variant, t.picks) for t in quiz.tests] == [("3", 2, ("a",)), ("4", 0, ("b",))]


def test_an_old_message_keeps_its_columns_and_a_passed_test_has_none(old: Path) -> None:
    with Gradebook.open(old) as book:
        tests = next(iter(book.results(1))).exercises[0].tests
    (message,) = tests[0].message
    assert isinstance(message, Lines)
    assert message.text.en.splitlines()[3] == "  index  | yours | expected"
    assert tests[1].message == ()


def test_every_report_is_written_from_it(old: Path, tmp_path: Path) -> None:
    with Gradebook.open(old) as book:
        write_all(book, 1, tmp_path / "out")
    page = (tmp_path / "out" / "feedback" / "s001.html").read_text(encoding="utf-8")
    assert "  index  | yours | expected" in page
    assert "relu.py, line 4" not in page, "of a hidden test"


def test_old_and_new_grades_stand_in_one_view(old: Path) -> None:
    with Gradebook.open(old) as book:
        result = next(iter(book.results(1)))
        again = book.begin_run(book.run(1).course, course_sha="c", seed=1, sandbox={}, engine="1")
        book.record(again, result)
        (read,) = book.results(again)
    assert read == result
    with sqlite3.connect(old) as database:
        query = "SELECT exercise, name, tier, status, cause FROM test_result WHERE run_id = ? ORDER BY grade_id, rowid"
        was, now = (database.execute(query.replace(", rowid", ""), (run,)).fetchall() for run in (1, again))
    assert sorted(was, key=str) == sorted(now, key=str)
    assert len(was) == 7


def test_a_title_stands_once_however_many_students_have_it(tmp_path: Path, begin, make_result) -> None:
    with Gradebook.open(tmp_path / "new.sqlite") as book:
        run = begin(book)
        for n in range(50):
            book.record(run, make_result(f"s{n:03}"))
        assert {r.exercises[0].tests[0].title.en for r in book.results(run)} == {"negative inputs"}
    with sqlite3.connect(tmp_path / "new.sqlite") as database:
        assert database.execute("SELECT count(*) FROM test").fetchone() == (1,)
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            database.execute("UPDATE test SET title_en = 'x'")


def test_a_test_that_was_taken_back_with_its_transaction_is_recorded_again(tmp_path: Path, begin, make_result) -> None:
    with Gradebook.open(tmp_path / "new.sqlite") as book:
        run = begin(book)
        good = make_result("s001")
        twice = make_result("s002", score=Fraction(1))  # above the maximum: the row is refused
        with pytest.raises(Exception, match="CHECK"):
            book.record(run, good, twice)
        book.record(run, good)
        (read,) = book.results(run)
        assert read.exercises[0].tests[0].message == (
            Sentence(good.exercises[0].tests[0].message[0].text),  # type: ignore[union-attr]
        )
