"""`Gradebook`: lossless, append-only, resumable, streaming."""

from __future__ import annotations

import sqlite3
import threading
import tracemalloc
from dataclasses import replace
from fractions import Fraction

import pytest

from autograder.errors import GraderError
from autograder.gradebook import Gradebook


def test_a_result_comes_back_exactly_as_it_was_recorded(gradebook, begin, make_result):
    run = begin(gradebook)
    original = make_result()
    gradebook.record(run, original)
    (back,) = gradebook.results(run)
    assert back == original
    assert back.exercises[0].score == Fraction(1, 3)


def test_a_grader_error_stays_without_a_score(gradebook, begin, make_result):
    run = begin(gradebook)
    gradebook.record(run, make_result(score=None))
    (back,) = gradebook.results(run)
    assert (back.exercises[0].status, back.exercises[0].score, back.exercises[0].raw_score) == (
        "grader_error",
        None,
        None,
    )


@pytest.mark.parametrize(
    "student",
    ["a,b", 'q"uote', "new\nline", "<script>", "=cmd|' /C calc'!A0", "../x", "氏名", "'; DROP TABLE grade;--", ""],
)
def test_hostile_student_ids_are_only_text(gradebook, begin, make_result, student):
    run = begin(gradebook)
    gradebook.record(run, make_result(student, name=student))
    (back,) = gradebook.results(run)
    assert (back.student, back.name) == (student, student)


def test_a_folder_name_that_is_not_utf8_is_written_out(gradebook, begin, make_result):
    run = begin(gradebook)
    gradebook.record(run, make_result(b"s\x80".decode("utf-8", "surrogateescape")))
    assert [r.student for r in gradebook.results(run)] == ["s\\udc80"]


def test_results_are_sorted_by_student_whatever_the_order_of_grading(gradebook, begin, make_result):
    run = begin(gradebook)
    for student in ("s10", "s02", "あ", "s01"):
        gradebook.record(run, make_result(student))
    assert [r.student for r in gradebook.results(run)] == ["s01", "s02", "s10", "あ"]
    assert gradebook.graded_students(run) == {"s01", "s02", "s10", "あ"}


def test_a_second_grade_in_a_run_counts_and_the_first_stays_in_the_history(gradebook, begin, make_result):
    run = begin(gradebook)
    gradebook.record(run, make_result(score=None))
    gradebook.record(run, make_result(score=Fraction(1, 4)))
    (back,) = gradebook.results(run)
    assert back.exercises[0].score == Fraction(1, 4)
    with sqlite3.connect(gradebook.path) as direct:
        assert direct.execute("SELECT count(*) FROM grade WHERE exercise = 'relu'").fetchone() == (2,)


def test_runs_do_not_mix(gradebook, begin, make_result):
    first, second = begin(gradebook), begin(gradebook)
    gradebook.record(first, make_result("a"))
    gradebook.record(second, make_result("b"))
    assert [r.student for r in gradebook.results(first)] == ["a"]
    assert [r.student for r in gradebook.results(second)] == ["b"]


def test_latest_results_take_each_exercise_from_its_newest_run(gradebook, begin, make_result):
    first, second = begin(gradebook), begin(gradebook)
    for student in ("a", "b"):
        gradebook.record(first, make_result(student, Fraction(1, 5)))
    whole = make_result("b", Fraction(1, 4), attempt=3)
    gradebook.record(second, replace(whole, exercises=whole.exercises[:1]))
    a, b = gradebook.latest_results()
    assert [e.score for e in a.exercises] == [Fraction(1, 5), 0]
    assert [(e.id, e.score) for e in b.exercises] == [("relu", Fraction(1, 4)), ("adam", 0)]
    assert b.attempt == 3


def test_an_unfinished_run_is_resumed_with_its_seed(gradebook, begin, make_result):
    run = begin(gradebook, "course-1", 2**80 + 7)
    gradebook.record(run, make_result("a"))
    resumed = gradebook.resume_run("course-1")
    assert resumed is not None
    assert (resumed.id, resumed.seed) == (run, 2**80 + 7)
    gradebook.record(resumed.id, make_result("b"))
    gradebook.finish_run(run)
    assert gradebook.resume_run("course-1") is None
    assert gradebook.run(run).finished_at is not None


def test_a_run_of_another_course_is_not_resumed(gradebook, begin):
    begin(gradebook, "course-1")
    assert gradebook.resume_run("course-2") is None
    begin(gradebook, "course-2")
    assert gradebook.resume_run("course-1") is None, "only the last run"


def test_a_run_remembers_its_course(gradebook, begin, course):
    run = gradebook.run(begin(gradebook))
    assert run.course == course
    assert (run.sandbox, run.engine) == ({"network": True, "memory": False}, "0.1")
    text = run.course.exercises[0].cause_text("absolute_value")
    assert text is not None
    assert text.ja == "絶対値です。"


def test_exercises_come_in_the_order_of_the_course(gradebook, begin, make_result, course):
    run = begin(gradebook)
    gradebook.record(run, replace(make_result(), exercises=make_result().exercises[::-1]))
    assert gradebook.exercises(run) == gradebook.exercises(None) == ["relu", "adam"]


def test_nothing_is_recorded_in_a_run_that_finished_or_never_was(gradebook, begin, make_result):
    run = begin(gradebook)
    gradebook.finish_run(run)
    with pytest.raises(GraderError, match="has finished"):
        gradebook.record(run, make_result())
    with pytest.raises(GraderError, match="no grading run 99"):
        gradebook.record(99, make_result())
    with pytest.raises(GraderError, match="no grading run 99"):
        list(gradebook.results(99))
    assert list(gradebook.results(run)) == []


def test_a_submission_that_cannot_be_stored_whole_is_not_stored_at_all(gradebook, begin, make_result):
    run = begin(gradebook)
    twice = make_result()
    twice = replace(twice, exercises=twice.exercises + twice.exercises[:1])
    with pytest.raises(GraderError, match=r"gradebook\.sqlite"):
        gradebook.record(run, twice)
    assert gradebook.graded_students(run) == set()
    gradebook.record(run, make_result())
    assert gradebook.graded_students(run) == {"s001"}


def test_a_score_above_the_maximum_is_refused(gradebook, begin, make_result):
    run = begin(gradebook)
    with pytest.raises(GraderError, match="CHECK"):
        gradebook.record(run, make_result(score=Fraction(2)))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE grade SET score = '9/1'",
        "DELETE FROM grade",
        "UPDATE submission SET student = 'x'",
        "DELETE FROM submission",
        "DELETE FROM run",
        "UPDATE run SET seed = '2'",
        "UPDATE run SET finished_at = NULL",
        "UPDATE run SET finished_at = '2000-01-01'",
        "INSERT OR REPLACE INTO grade SELECT * FROM grade",
        "INSERT OR REPLACE INTO submission SELECT * FROM submission",
        "INSERT OR REPLACE INTO run SELECT * FROM run",
    ],
)
def test_history_cannot_be_changed_even_at_an_sql_prompt(gradebook, begin, make_result, sql):
    run = begin(gradebook)
    gradebook.record(run, make_result())
    gradebook.finish_run(run)
    with sqlite3.connect(gradebook.path) as direct, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        direct.execute(sql)
    assert list(gradebook.results(run)) == [make_result()]


@pytest.mark.parametrize("score", ["nan", "abc", "", "1/0"])
def test_a_score_that_something_else_wrote_names_its_student(gradebook, begin, make_result, score):
    run = begin(gradebook)
    gradebook.record(run, make_result())
    with sqlite3.connect(gradebook.path) as direct:
        for (name,) in direct.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            direct.execute(f"DROP TRIGGER {name}")
        direct.execute("UPDATE grade SET score = ?", (score,))
    with pytest.raises(GraderError, match="s001, relu") as error:
        list(gradebook.results(run))
    assert "s001 の relu" in error.value.text.ja


def test_find_knows_what_this_code_got_from_this_suite(gradebook, begin, make_result):
    run = begin(gradebook)
    gradebook.record(run, make_result())
    found = gradebook.find("s001", "relu", "src-s001", "suite-1")
    assert found == make_result().exercises[0]
    assert gradebook.find("s001", "relu", "src-s001", "suite-9") is None
    assert gradebook.find("s001", "relu", "other", "suite-1") is None


def test_views_answer_questions_of_people(gradebook, begin, make_result):
    first, second = begin(gradebook), begin(gradebook)
    gradebook.record(first, make_result(score=Fraction(0)))
    gradebook.record(second, make_result(score=Fraction(1, 3)))
    with sqlite3.connect(gradebook.path) as direct:
        assert direct.execute("SELECT score FROM latest_grade WHERE exercise = 'relu'").fetchall() == [("1/3",)]
        assert direct.execute("SELECT student, status, cause FROM test_result WHERE run_id = 1").fetchall() == [
            ("s001", "failed", "absolute_value")
        ]


def test_threads_may_record_at_once(gradebook, begin, make_result):
    run = begin(gradebook)
    errors: list[BaseException] = []

    def work(worker: int) -> None:
        try:
            for i in range(10):
                gradebook.record(run, make_result(f"w{worker}-{i}"))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(list(gradebook.results(run))) == 40


def test_reading_a_class_needs_the_memory_of_a_few_students(tmp_path, begin, make_result):
    with Gradebook.open(tmp_path / "g.sqlite") as gradebook:
        run = begin(gradebook)
        big = {"folder": "x" * 20_000}
        for i in range(150):
            gradebook.record(run, make_result(f"s{i:03}", extra=big))
        tracemalloc.start()
        assert sum(1 for _ in gradebook.results(run)) == 150
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 1_000_000, "150 students hold 3 MB"
