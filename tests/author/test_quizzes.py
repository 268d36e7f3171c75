"""Quizzes are built, validated and released with the course; nothing of a graded one gets out."""

from __future__ import annotations

from pathlib import Path

from autograder.author.build import apply, inspect
from autograder.author.leaks import find_leaks
from autograder.author.quizzes import check_quizzes, quiz_secrets
from autograder.course.load import load_course
from autograder.quiz.page.public import from_json

SAMPLE = (Path(__file__).resolve().parents[1] / "quiz" / "sample.yaml").read_text(encoding="utf-8")
COURSE = """
title: {en: Small, ja: 小さな講義}
units:
  - {id: first, title: {en: First, ja: 最初}, quizzes: [{id: quiz_g}, {id: quiz_p}]}
"""
PNG = b"\x89PNG\r\n\x1a\n\x00\r\n"


def course(root: Path, text: str = SAMPLE):
    folder = root / "solutions" / "quizzes"
    (folder / "images").mkdir(parents=True)
    graded = text.replace("mode: practice", "mode: graded").replace("Is it |x|?", "Only the graded quiz says this.")
    image = "    type: match\n    image: {src: images/a.png, alt: A}\n"
    (folder / "quiz_g.yaml").write_text(graded.replace("    type: match\n", image), encoding="utf-8")
    (folder / "quiz_p.yaml").write_text(text.replace("id: s-", "id: p-"), encoding="utf-8")
    (folder / "images" / "a.png").write_bytes(PNG)
    (root / "course.yaml").write_text(COURSE, encoding="utf-8")
    return load_course(root)


def test_public_copies_and_images_are_built_once(tmp_path):
    loaded = course(tmp_path)
    apply(inspect(loaded))
    folder = tmp_path / "exercises" / "quizzes"
    assert from_json((folder / "quiz_g.quiz.json").read_text(encoding="utf-8")).graded
    assert not from_json((folder / "quiz_p.quiz.json").read_text(encoding="utf-8")).graded
    assert (folder / "images" / "a.png").read_bytes() == PNG
    assert inspect(loaded).clean


def test_answers_that_an_author_tried_out_are_no_strangers(tmp_path):
    loaded = course(tmp_path)
    apply(inspect(loaded))
    (tmp_path / "exercises" / "quizzes" / "quiz_g.yaml").write_text("{}", encoding="utf-8")
    assert inspect(loaded).clean


def test_the_built_files_hold_no_secret_of_a_graded_quiz(tmp_path):
    loaded = course(tmp_path)
    apply(inspect(loaded))
    files = {p.name: p.read_bytes() for p in (tmp_path / "exercises").rglob("*") if p.is_file()}
    secrets = quiz_secrets(loaded)
    assert any("feedback" in s.origin for s in secrets)
    assert find_leaks(files, secrets, list(files)) == []


def test_a_feedback_in_a_students_file_is_found(tmp_path):
    loaded = course(tmp_path)
    leaks = find_leaks({"x.json": b'{"a": "Only the graded\\n quiz says this."}'}, quiz_secrets(loaded), ["x.json"])
    assert [t.en for t in leaks] == ["x.json: contains quizzes/quiz_g.yaml: s-single.options.2.feedback"]


def test_what_lint_finds_is_told_by_quiz(tmp_path):
    found = check_quizzes(course(tmp_path, SAMPLE.replace("prove: 1 - lr * g", "prove: lr", 1)))
    assert {q: any(p.level == "error" for p in problems) for q, problems in found.items()} == {
        "quiz_g": True,
        "quiz_p": True,
    }


def test_a_quiz_that_nobody_gets_is_told(tmp_path):
    loaded = course(tmp_path)
    (tmp_path / "solutions" / "quizzes" / "quiz_x.yaml").write_text(
        SAMPLE.replace("id: s-", "id: x-"), encoding="utf-8"
    )
    assert any("not listed" in p.text.en for p in check_quizzes(loaded)["quiz_x"])
