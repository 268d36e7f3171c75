from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from autograder.author.leaks import find_leaks, secrets_of
from autograder.author.notebooks.cells import Cell
from autograder.author.notebooks.write import ids, percent, student_notebooks, to_ipynb
from autograder.course.exercise import Exercise
from autograder.course.load import LoadedCourse
from autograder.errors import ContentError

pytest.importorskip("jupytext", reason="jupytext is not installed")
nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed")

LINES = Cell("code", "import sys\nif True:\n    %pip list\n!ls\nx = 5 % 3", "setup")


@pytest.fixture(scope="module")
def built(course: LoadedCourse, exercises: dict[str, Exercise]) -> dict[str, str]:
    return student_notebooks(course, exercises)


@pytest.fixture(scope="module")
def books(built: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    return {name: json.loads(text) for name, text in built.items()}


def test_every_unit_has_a_notebook_in_both_languages(built: dict[str, str], course: LoadedCourse) -> None:
    wanted = {
        f"notebooks/{unit.id}.{lang}.ipynb"
        for unit in course.config.units
        if unit.exercises or unit.quizzes
        for lang in ("en", "ja")
    }
    assert set(built) == wanted


def test_the_same_sources_give_the_same_bytes(
    built: dict[str, str], course: LoadedCourse, exercises: dict[str, Exercise]
) -> None:
    assert student_notebooks(course, exercises) == built


def test_notebooks_are_valid_and_hold_no_output_and_nothing_of_this_machine(
    built: dict[str, str], course: LoadedCourse
) -> None:
    for text in built.values():
        book = nbformat.reads(text, as_version=4)
        nbformat.validate(book)
        assert all(not cell.outputs and cell.execution_count is None for cell in book.cells if cell.cell_type == "code")
        assert set(book.metadata) == {"kernelspec", "language_info", "autograder"}
        assert str(course.root) not in text


def test_ids_are_unique_and_tell_the_cell(books: dict[str, dict[str, Any]]) -> None:
    for book in books.values():
        names = [cell["id"] for cell in book["cells"]]
        assert len(set(names)) == len(names)
        assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) for name in names)
    assert {"relu-statement", "relu-solution", "relu-check"} <= {
        c["id"] for c in books["notebooks/activations.en.ipynb"]["cells"]
    }


def test_ids_stay_unique_where_names_run_together() -> None:
    cells = [
        Cell("code", "", "quiz", "a"),
        Cell("code", "", "quiz", "a"),
        Cell("code", "", "quiz", "a-quiz"),
        Cell("code", "", "title"),
    ]
    assert len(set(ids(cells))) == len(cells)


def test_solution_cells_hold_the_stub_and_nothing_secret(built: dict[str, str], exercises: dict[str, Exercise]) -> None:
    for text in built.values():
        for cell in json.loads(text)["cells"]:
            if cell["id"].endswith("-solution"):
                source = "".join(cell["source"])
                assert "raise NotImplementedError" in source
                assert "SOLUTION" not in source
    assert find_leaks({n: t.encode() for n, t in built.items()}, secrets_of(exercises.values()), list(built)) == []


def test_a_reference_in_a_notebook_would_be_found(built: dict[str, str], exercises: dict[str, Exercise]) -> None:
    name = "notebooks/activations.en.ipynb"
    book = json.loads(built[name])
    for cell in book["cells"]:
        if cell["id"] == "softmax-solution":
            cell["source"] = exercises["softmax"].reference.read_text(encoding="utf-8").splitlines(keepends=True)
    assert find_leaks({name: json.dumps(book).encode()}, secrets_of(exercises.values()), [name])


def test_magics_are_comments_in_percent_text_and_code_is_not() -> None:
    assert percent([LINES]).splitlines()[1:] == ["import sys", "if True:", "    # %pip list", "# !ls", "x = 5 % 3"]


def test_cells_come_back_as_they_went_in(course: LoadedCourse) -> None:
    book = json.loads(to_ipynb([LINES], course.config.units[0], "en"))
    assert "".join(book["cells"][0]["source"]) == LINES.source


@pytest.mark.parametrize(
    "cell", [Cell("markdown", "a\n%% b", "statement", "relu"), Cell("code", "x = 1\n# %%\ny = 2", "plot")]
)
def test_a_cell_that_would_fall_apart_fails_the_build(course: LoadedCourse, cell: Cell) -> None:
    with pytest.raises(ContentError, match="cannot be written"):
        to_ipynb([cell], course.config.units[0], "en")
