"""Quizzes go through the pipeline as exercises do: points, late policy, notes, gradebook; nothing is lost."""

from __future__ import annotations

import json
import shutil
from fractions import Fraction as F
from pathlib import Path

import pytest

from autograder.course.load import load_course
from autograder.errors import ConfigError
from autograder.model import Source
from autograder.pipeline import Options, grade_class
from autograder.quiz.draw.variant import replica_number
from autograder.quiz.grading import grade_quiz, load_suite
from autograder.quiz.proof.solve import right_answer
from autograder.text.told import text_of

SAMPLE = Path(__file__).with_name("sample.yaml").read_text(encoding="utf-8")
COURSE = """
title: {en: Small, ja: 小さな講義}
timezone: Asia/Tokyo
units:
  - id: first
    title: {en: First, ja: 最初}
    quizzes:
      - {id: quiz_g, points: 13, due: "2026-05-31 17:00"}
      - {id: quiz_p}
late: {per_day: 10}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "solutions" / "quizzes"
    folder.mkdir(parents=True)
    (folder / "quiz_g.yaml").write_text(SAMPLE.replace("mode: practice", "mode: graded"), encoding="utf-8")
    (folder / "quiz_p.yaml").write_text(SAMPLE.replace("id: s-", "id: p-"), encoding="utf-8")
    (tmp_path / "course.yaml").write_text(COURSE, encoding="utf-8")
    return tmp_path


def suite(root: Path, name: str = "quiz_g"):
    return load_suite(root / "solutions", name)


def right(the_suite, student: str) -> dict[str, object]:
    found = {}
    for item, variants in the_suite.variants.items():
        n = replica_number(student, item, len(variants))
        found[item] = {"variant": n, "answer": right_answer(variants[n])}
    return found


def source(answers: object, **more: object) -> Source:
    text = answers if isinstance(answers, str) else json.dumps({"answers": answers, **more}, ensure_ascii=False)
    return Source("quiz_g.yaml", (("quiz_g.yaml", text),), "sha")


def grade(the_suite, answers: object, *ids: str, **more: object):
    results, notes = grade_quiz(the_suite, source(answers, **more), ids or ("s001",), F(13))
    return {r.name: r for r in results}, [n.text.en for n in notes]


def test_right_answers_get_all_points_split_by_weight(root):
    results, notes = grade(suite(root), right(suite(root), "s001"))
    assert sum(r.points for r in results.values()) == 13
    assert results["s-shape"].max_points == 2
    assert results["s-single"].max_points == 1
    assert {r.status for r in results.values()} == {"passed"}
    assert notes == []


def test_an_item_without_an_answer_is_not_run_and_the_others_count(root):
    answers = right(suite(root), "s001")
    del answers["s-order"]
    results, notes = grade(suite(root), answers)
    assert (results["s-order"].status, results["s-order"].response) == ("not_run", "")
    assert sum(r.points for r in results.values()) == 12
    assert notes == []


def test_a_misconception_is_the_cause_and_its_feedback_the_message(root):
    the_suite = suite(root)
    variants = the_suite.variants["s-single"]
    n = replica_number("s001", "s-single", len(variants))
    wrong = next(c for c in variants[n].body.choices if c.remark.misconception == "identity")
    result = grade(the_suite, {"s-single": wrong.id})[0]["s-single"]
    assert (result.status, result.cause, result.response, result.variant) == ("failed", "identity", wrong.id, n)
    assert "負の入力は通しません。" in text_of(result.message).ja
    assert wrong.text.en in text_of(result.message).en
    assert the_suite.causes["identity"].en == "Negative inputs do not pass."


def test_the_variant_of_another_student_is_not_scored_and_that_is_told(root):
    the_suite = suite(root)
    n = replica_number("s001", "s-shape", 6)
    other = right_answer(the_suite.variants["s-shape"][(n + 1) % 6])
    results, notes = grade(the_suite, {"s-shape": {"variant": (n + 1) % 6, "answer": other}})
    assert results["s-shape"].points == 0
    assert notes == [
        f"quiz_g.yaml: s-shape: '{other}' was answered for variant {(n + 1) % 6}, but the student's is {n}; not scored"
    ]


def test_in_a_practice_quiz_any_variant_counts(root):
    the_suite = suite(root, "quiz_p")
    n = (replica_number("s001", "p-shape", 6) + 1) % 6
    answers = {"p-shape": {"variant": n, "answer": right_answer(the_suite.variants["p-shape"][n])}}
    results, notes = grade(the_suite, answers)
    assert (results["p-shape"].status, results["p-shape"].variant, notes) == ("passed", n, [])


@pytest.mark.parametrize("student", ["moodle-77", "MOODLE-77 ", "ｍｏｏｄｌｅ-77"])
def test_an_id_of_the_lms_is_as_good_as_the_rosters(root, student):
    the_suite = suite(root)
    results, notes = grade(the_suite, right(the_suite, "moodle-77"), "s001", "moodle-77", student=student)
    assert sum(r.points for r in results.values()) == 13
    assert notes == []


def test_answers_without_variants_are_for_the_student_that_the_file_names(root):
    the_suite = suite(root)
    plain = {item: a["answer"] for item, a in right(the_suite, "u1").items()}
    results, _ = grade(the_suite, plain, "s001", "u1", student="u1")
    assert sum(r.points for r in results.values()) == 13


def test_somebody_elses_name_in_the_file_is_told(root):
    _, notes = grade(suite(root), {"s-short": "backprop"}, "s001", student="s002")
    assert "answered as 's002', but handed in by s001" in notes[0]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"s-shpae": "(3, 4)"}, "did you mean 's-shape'?"),
        ({"s-shape": {"variant": "x", "answer": "(3, 4)"}}, "its variant is no number"),
        ("answers:\n  s-shape: [3, 4\n  s-short: backprop\n", "line 3"),
        ("quiz: quiz_x\nanswers:\n  s-short: backprop\n", "belongs to 'quiz_x'"),
        ("s-short: forward\ns-short: backprop\n", "twice"),
    ],
)
def test_what_cannot_be_scored_becomes_a_note_and_the_rest_counts(root, answers, said):
    results, notes = grade(suite(root), answers)
    assert any(said in note for note in notes)
    if "s-short" in str(answers):
        assert results["s-short"].status == "passed"


def test_an_answer_that_is_not_understood_says_how_to_write_it(root):
    result = grade(suite(root), {"s-numeric": "1,234"})[0]["s-numeric"]
    assert result.status == "failed"
    assert "1.234" in text_of(result.message).en
    assert result.response == "1,234"


def test_hundreds_of_unknown_items_do_not_flood_the_notes(root):
    _, notes = grade(suite(root), {f"x-{i}": "a" for i in range(500)})
    assert len(notes) <= 20


def test_cells_add_to_each_other_and_a_blank_one_takes_nothing_away(root):
    cells = (("cell 1", "s-short: backprop\ns-bug: 1\n"), ("cell 2", "s-short:\ns-bug: 2\n"))
    results, notes = grade_quiz(suite(root), Source("unit.ipynb", cells, "sha", True), ("s001",), F(13))
    found = {r.name: r.status for r in results}
    assert (found["s-short"], found["s-bug"]) == ("passed", "passed")
    assert [n.text.en for n in notes] == [
        "unit.ipynb: cell 2: s-bug was answered in an earlier cell too; the later one counts"
    ]


def test_the_sha_changes_with_what_decides_a_score(root):
    before = suite(root).sha
    path = root / "solutions" / "quizzes" / "quiz_g.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text("# a comment\n" + text, encoding="utf-8")
    assert suite(root).sha == before
    path.write_text(text.replace("answer: {line: 2}", "answer: {line: 2}\n    points: 3"), encoding="utf-8")
    assert suite(root).sha != before


class TestPipeline:
    def submit(self, root: Path, student: str, name: str, text: str) -> None:
        folder = root / "subs" / student
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    def received(self, root: Path, when: str, *students: str) -> None:
        lines = "".join(f"{student},{when}\n" for student in students)
        (root / "subs" / "received.csv").write_text(f"student,received_at\n{lines}", encoding="utf-8")

    def run(self, root: Path) -> dict[str, dict[str, dict]]:
        shutil.rmtree(root / "out", ignore_errors=True)
        grade_class(Options(root / "subs", root / "out", root / "course.yaml", seed=1))
        data = json.loads((root / "out" / "results.json").read_text(encoding="utf-8"))
        return {s["student"]: {e["id"]: e for e in s["exercises"]} for s in data["submissions"]}

    def test_three_ways_of_answering_give_the_same_points(self, root):
        the_suite = suite(root)
        self.submit(root, "s001", "quiz_g.yaml", json.dumps({"quiz": "quiz_g", "answers": right(the_suite, "s001")}))
        lines = "\n".join(f"{k}: {json.dumps(v['answer'])}" for k, v in right(the_suite, "s002").items())
        self.submit(root, "s002", "quiz_g (1).yml", lines)
        answers = "\n".join(f"{k}: {json.dumps(v['answer'])}" for k, v in right(the_suite, "s003").items())
        cell = {"cell_type": "code", "source": f"%%quiz quiz_g --lang ja\n{answers}"}
        book = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
        self.submit(root, "s003", "unit_first.ipynb", json.dumps(book))
        self.received(root, "2026-05-31 16:59", "s001", "s002", "s003")
        found = self.run(root)
        assert [found[s]["quiz_g"]["score"] for s in ("s001", "s002", "s003")] == [13, 13, 13]
        assert found["s001"]["quiz_p"]["status"] == "missing"
        assert "<h" in (root / "out" / "feedback" / "s001.html").read_text(encoding="utf-8")
        header = (root / "out" / "grades.csv").read_text(encoding="utf-8-sig").split("\n")[0]
        assert header.split(",")[:3] == ["student", "quiz_g", "quiz_p"]

    def test_a_late_quiz_loses_what_a_late_exercise_loses(self, root):
        self.submit(root, "s001", "quiz_g.yaml", json.dumps(right(suite(root), "s001")))
        self.received(root, "2026-06-01 09:00", "s001")
        result = self.run(root)["s001"]["quiz_g"]
        assert (result["raw_score"], result["score"]) == (13, 11.7)

    def test_a_file_that_is_no_text_is_told_and_has_no_score(self, root):
        folder = root / "subs" / "s001"
        folder.mkdir(parents=True)
        (folder / "quiz_g.yaml").write_bytes(b"\x00\x01\x02" * 50)
        result = self.run(root)["s001"]["quiz_g"]
        assert (result["status"], result["score"]) == ("missing", None)
        assert "NUL bytes" in result["notes"][0]["text"]["en"]

    @pytest.mark.parametrize("text", ["１. backprop\n２. 3\n", "- backprop\n", "q1: backprop\nq2: 3\n"])
    def test_answers_of_which_nothing_is_understood_have_no_score(self, root, text):
        self.submit(root, "s001", "quiz_g.yaml", text)
        result = self.run(root)["s001"]["quiz_g"]
        assert (result["status"], result["score"]) == ("missing", None)
        assert result["notes"][0]["text"]["en"].endswith("That is not 0 points: a person must look.")

    def test_a_sheet_that_was_left_blank_is_understood(self, root):
        self.submit(root, "s001", "quiz_g.yaml", "s-short:\n")
        result = self.run(root)["s001"]["quiz_g"]
        assert (result["status"], result["score"]) == ("graded", 0)

    def test_a_misnamed_answer_file_is_told(self, root):
        self.submit(root, "s001", "quiz_gg.yaml", "s-short: backprop\n")
        self.submit(root, "s002", "quiz_g.yaml", "s-short: backprop\n")
        grade_class(Options(root / "subs", root / "out", root / "course.yaml", seed=1))
        assert "Did you mean quiz_g.yaml?" in (root / "out" / "results.json").read_text(encoding="utf-8")

    def test_the_students_copy_in_a_submission_is_no_answer_file(self, root):
        self.submit(root, "s001", "quiz_g.quiz.json", '{"schema": 1}')
        self.submit(root, "s001", "quiz_p.yaml", "p-short: backprop\n")
        found = self.run(root)["s001"]
        assert found["quiz_g"]["status"] == "missing"
        assert found["quiz_p"]["status"] == "graded"


class TestCourse:
    def error(self, root: Path, old: str, new: str) -> str:
        path = root / "course.yaml"
        path.write_text(COURSE.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(ConfigError) as error:
            load_course(path)
        return str(error.value)

    def test_quizzes_have_entries_and_due_dates(self, root):
        course = load_course(root / "course.yaml")
        assert (course.graded_ids, course.exercise_ids) == (["quiz_g", "quiz_p"], [])
        assert course.due("quiz_g").isoformat() == "2026-05-31T17:00:00+09:00"
        assert course.entry("quiz_p").points == 1

    def test_a_mistake_is_told_with_its_place(self, root):
        assert ":9:14: units.0.quizzes.1.id: no file solutions/quizzes/quiz_q.yaml" in self.error(
            root, "id: quiz_p", "id: quiz_q"
        )
        assert "did you mean 'quiz_p'?" in self.error(root, "id: quiz_p", "id: quizp")
        assert "'quiz_g' is listed twice" in self.error(root, "id: quiz_p", "id: quiz_g")
        assert "list exercises or quizzes" in self.error(root, "    quizzes:", "    quizzes: []\nunits2:")
