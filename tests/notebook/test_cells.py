from __future__ import annotations

import ast

import pytest

from autograder.author.markers import BEGIN, END
from autograder.author.notebooks.cells import PLOT, Cell, unit_cells
from autograder.course.exercise import Exercise
from autograder.course.load import LoadedCourse
from autograder.i18n import Lang

Course = tuple[LoadedCourse, dict[str, Exercise]]


@pytest.fixture(params=["en", "ja"])
def units(request: pytest.FixtureRequest, course: LoadedCourse, exercises: dict[str, Exercise]) -> list[list[Cell]]:
    lang: Lang = request.param
    return [unit_cells(course, unit, exercises, lang) for unit in course.config.units]


def test_a_unit_begins_with_its_title_and_setup(units: list[list[Cell]]) -> None:
    for cells in units:
        assert [c.role for c in cells[:3]] == ["title", "setup", "setup"]


def test_every_exercise_has_statement_solution_and_check_in_this_order(
    units: list[list[Cell]], course: LoadedCourse
) -> None:
    for cells, unit in zip(units, course.config.units, strict=True):
        for entry in unit.exercises:
            roles = [c.role for c in cells if c.exercise == entry.id]
            assert roles[:3] == ["statement", "solution", "check"]
            assert roles[3:] in ([], ["plot"])


def test_a_solution_cell_is_the_reference_with_its_markers(
    units: list[list[Cell]], exercises: dict[str, Exercise]
) -> None:
    for cell in (c for cells in units for c in cells if c.role == "solution"):
        assert cell.exercise is not None
        assert cell.source.count(BEGIN) == cell.source.count(END) >= 1
        names = {n.name for n in ast.parse(cell.source).body if isinstance(n, ast.FunctionDef | ast.ClassDef)}
        assert set(exercises[cell.exercise].config.functions) <= names


def test_statements_speak_of_the_magics(units: list[list[Cell]]) -> None:
    for cell in (c for cells in units for c in cells if c.role == "statement"):
        assert "autograder check" not in cell.source
        assert "autograder hint" not in cell.source


def test_a_plot_has_comments_of_one_language_and_none_for_the_linter(units: list[list[Cell]]) -> None:
    plots = [c.source for cells in units for c in cells if c.role == "plot"]
    assert plots
    for source in plots:
        first, comment, *_ = source.splitlines()
        assert first.startswith("%%plot ")
        assert comment.startswith("# ")
        assert not any(word in source for word in ("# en:", "# ja:", "ruff"))


def test_a_plot_is_explained_in_both_languages(exercises: dict[str, Exercise]) -> None:
    for exercise in exercises.values():
        plot = exercise.folder / PLOT
        if plot.is_file():
            lines = plot.read_text(encoding="utf-8").splitlines()
            assert {line[:6] for line in lines if line.startswith(("# en: ", "# ja: "))} == {"# en: ", "# ja: "}
