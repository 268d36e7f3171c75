"""Misconceptions and their titles go together."""

from __future__ import annotations

from pathlib import Path

from autograder.quiz.proof.lint import load_bank
from autograder.quiz.proof.untitled import untitled
from autograder.quiz.source.items import load_quiz
from autograder.quiz.source.titles import TITLES

SOLUTIONS = Path(__file__).parents[3] / "solutions"
SAMPLE = Path(__file__).parents[1] / "sample.yaml"


def test_every_misconception_of_the_course_has_a_title_and_no_other_has() -> None:
    quizzes, _ = load_bank(SOLUTIONS / "quizzes")
    assert [f.text.en for f in untitled(quizzes, SOLUTIONS)] == []


def test_a_misconception_without_a_title_and_a_title_of_none_are_named(tmp_path: Path) -> None:
    (tmp_path / TITLES).write_text("titles:\n  identity: {en: A, ja: あ}\n  nobodys: {en: B, ja: い}\n", "utf-8")
    found = [f.text.en for f in untitled([load_quiz(SAMPLE)], tmp_path)]
    assert any("'absolute' has no title" in text for text in found)
    assert not any("identity" in text for text in found)
    assert found[-1].endswith("nobodys: no quiz has it")


def test_a_course_without_titles_is_told_nothing(tmp_path: Path) -> None:
    assert list(untitled([load_quiz(SAMPLE)], tmp_path)) == []
