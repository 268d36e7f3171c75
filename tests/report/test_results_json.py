"""`results.json`: the schema others rely on, exact totals, no score where there is none."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from autograder.i18n import Text
from autograder.model import Note, SubmissionResult
from autograder.report.results_json import results_json
from autograder.score import grader_error_result, missing_result
from autograder.text.clean import clean_line


def written(tmp_path, book, results) -> dict:
    gradebook, run = book
    with results_json(tmp_path / "results.json", gradebook.run(run)) as add:
        for result in results:
            add(result)
    return json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))


def test_the_file_has_the_keys_that_others_rely_on(tmp_path, book, fake_class):
    data = written(tmp_path, book, fake_class)
    assert {"schema", "course", "seed", "sandbox", "submissions"} <= set(data)
    assert (data["schema"], data["seed"], data["sandbox"]["memory"]) == (1, 42, False)
    assert data["course"] == "Deep learning from scratch with NumPy"
    assert [s["student"] for s in data["submissions"]] == [clean_line(r.student) for r in fake_class]
    submission = data["submissions"][0]
    assert {"student", "score", "max_score", "exercises"} <= set(submission)
    exercise = submission["exercises"][0]
    assert {"id", "status", "score", "max_score", "tests"} <= set(exercise)
    tests = [t for s in data["submissions"] for e in s["exercises"] for t in e["tests"]]
    assert {t["status"] for t in tests} >= {"passed", "failed", "error"}
    for test in tests:
        assert {"name", "tier", "status", "points", "max_points", "cause", "message"} <= set(test)
        assert (test["message"] is None) == (test["status"] == "passed")
        assert test["message"] is None or all(test["message"][lang] for lang in ("en", "ja"))


def test_every_test_has_an_entry_of_its_own(tmp_path, book, fake_class):
    data = written(tmp_path, book, fake_class)
    for result, submission in zip(fake_class, data["submissions"], strict=True):
        for exercise, told in zip(result.exercises, submission["exercises"], strict=True):
            assert [(t["tier"], t["name"], t["status"]) for t in told["tests"]] == [
                (t.tier, t.name, t.status) for t in exercise.tests
            ]
            if exercise.tests:
                assert abs(sum(t["points"] for t in told["tests"]) - float(exercise.raw_score)) < 1e-3


def test_titles_stand_once_a_run(tmp_path, book, fake_class):
    data = written(tmp_path, book, fake_class)
    shared = data["exercises"]["softmax"]["groups"]
    title = next(title for group in shared for title in group["hidden"].values())
    assert set(title) == {"en", "ja"}
    assert all(
        {*group} == {"id", "title", "visible", "hidden"} for e in data["exercises"].values() for group in e["groups"]
    )
    assert title["en"] not in json.dumps(data["submissions"])


def test_totals_are_summed_exactly_and_rounded_once(tmp_path, book):
    third = Fraction(1, 3)
    results = [replace(missing_result(f"e{i}", Fraction(1)), status="graded", score=third) for i in range(3)]
    (submission,) = written(tmp_path, book, [SubmissionResult("s", tuple(results))])["submissions"]
    assert [e["score"] for e in submission["exercises"]] == [0.3333] * 3
    assert submission["score"] == 1.0


def test_a_grader_error_is_null_and_missing_is_zero(tmp_path, book):
    note = Note("grader_error", Text("The judge died.", "採点プロセスが終了しました。"))
    result = SubmissionResult("s", (grader_error_result("a", Fraction(1), note), missing_result("b", Fraction(1))))
    (submission,) = written(tmp_path, book, [result])["submissions"]
    assert [(e["status"], e["score"]) for e in submission["exercises"]] == [("grader_error", None), ("missing", 0.0)]
    assert submission["exercises"][0]["notes"][0]["text"]["ja"].startswith("採点プログラムの障害")
    assert submission["status"] == "needs_review"


def test_the_reason_of_a_grader_error_stays_with_the_instructor(tmp_path, book):
    note = Note("grader_error", Text("line 7: SECRET = (((", "7 行目: SECRET = ((("))
    found = written(tmp_path, book, [SubmissionResult("s", (grader_error_result("relu", Fraction(1), note),))])
    assert found["submissions"][0]["exercises"][0]["notes"][0]["code"] == "grader_error"
    assert "SECRET" not in json.dumps(found)


def test_an_empty_class_is_valid_json(tmp_path, book):
    assert written(tmp_path, book, [])["submissions"] == []


def test_a_run_that_fails_half_way_leaves_the_old_file(tmp_path, book, fake_class):
    written(tmp_path, book, fake_class[:1])
    before = (tmp_path / "results.json").read_bytes()
    gradebook, run = book
    with pytest.raises(ZeroDivisionError), results_json(tmp_path / "results.json", gradebook.run(run)) as add:
        add(fake_class[1])
        raise ZeroDivisionError
    assert (tmp_path / "results.json").read_bytes() == before
    assert not list(tmp_path.glob(".writing*"))


def test_no_text_ends_the_script_of_a_page_that_holds_the_file(tmp_path, book, fake_class):
    written(tmp_path, book, fake_class)
    assert b"<" not in (tmp_path / "results.json").read_bytes()
