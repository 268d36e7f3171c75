"""Quizzes in the unit notebooks: the cells, and the magics in a real kernel."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.author.notebooks.quizzes import quiz_cells, skeleton
from autograder.collect.notebook import quiz_cells as collected
from autograder.course.load import LoadedCourse
from autograder.notebook.quizzing import parse
from autograder.quiz.answer.answers import read_answers
from autograder.quiz.draw.variant import replica_number
from autograder.quiz.grading import load_suite
from autograder.quiz.proof.solve import right_answer

from .conftest import ROOT, Ran

LOAD = "%load_ext autograder"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A student's folder of their own: the magics remember an id in it."""
    here = tmp_path / "exercises"
    (here / "notebooks").mkdir(parents=True)
    shutil.copy(ROOT / "exercises" / "course.json", here)
    shutil.copytree(ROOT / "exercises" / "quizzes", here / "quizzes")
    return here / "notebooks"


def test_every_quiz_of_the_course_has_its_cells_once(course: LoadedCourse) -> None:
    for lang in course.config.languages:
        cells = [c for unit in course.config.units for c in quiz_cells(course, unit, lang)]
        assert [c.exercise for c in cells[::3]] == list(course.quizzes)
        assert {c.kind for c in cells[::3]} == {"markdown"}


def test_an_untouched_answer_cell_is_valid_and_answers_nothing(course: LoadedCourse) -> None:
    for name in course.quizzes:
        suite = load_suite(course.solutions_dir, name)
        source = skeleton(suite.public(), "ja")
        found = read_answers(collected((("cell 1", source),), name)[0][1])
        assert found.problems == ()
        assert list(found.given) == list(suite.variants)
        assert all(not g.raw or set(g.raw.values()) == {""} for g in found.given.values())


@pytest.mark.parametrize(
    ("line", "names", "student", "lang"),
    [
        ("quiz_cnn", ("quiz_cnn",), None, None),
        ("quiz_cnn --student s001 --lang=ja", ("quiz_cnn",), "s001", "ja"),
        ("--student", (), None, None),
        ("quiz_cnn --student 'a b'", ("quiz_cnn",), "a b", None),
        ("it's", ("it's",), None, None),
    ],
)
def test_the_line_behind_the_magic(line: str, names: tuple[str, ...], student: str | None, lang: str | None) -> None:
    asked = parse(line)
    assert (asked.names, asked.student, asked.lang) == (names, student, lang)


def test_quizzes_are_shown_and_answered_in_a_kernel(
    run_cells: Callable[..., list[Ran]], folder: Path, course: LoadedCourse
) -> None:
    suite = load_suite(course.solutions_dir, "quiz_cnn")
    variants = suite.variants["cnn-conv-params"]
    right = right_answer(variants[replica_number("s001", "cnn-conv-params", len(variants))])
    final = next(iter(load_suite(course.solutions_dir, "quiz_final").variants))
    ran = run_cells(
        LOAD,
        "%quiz",
        "%quiz quiz_cn",
        "%quiz quiz_final --student ID",
        "%quiz quiz_final --student s001",
        f"%%quiz quiz_cnn\ncnn-conv-params: {right}\ncnn-models: z9",
        f"%%quiz quiz_final\nstudent: ID\n{final}: 1",
        f"%%quiz quiz_final --lang ja\nstudent: s001\n{final}: 1\nfin-deep-params: abc",
        cwd=folder,
    )
    assert [r.error for r in ran] == [""] * len(ran)
    assert "%quiz quiz_final" in ran[1].text
    assert "quiz_cnn" in ran[2].text
    assert "student id" in ran[3].text
    assert final in ran[4].html
    assert "1 of 15 answered" in ran[5].text
    assert "cnn-models: Cannot be read" in ran[5].text
    assert "student:" in ran[6].text
    assert "30 問中 1 問に解答済み" in ran[7].text
    assert "fin-deep-params" in ran[7].text
