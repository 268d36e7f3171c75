"""The magics in a real kernel."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder import check

from .conftest import ABS, RELU, ROOT, Ran

Run = Callable[..., list[Ran]]
LOAD = "%load_ext autograder"


@pytest.fixture(scope="module")
def lesson(run_cells: Run) -> dict[str, Ran]:
    """One lesson of a student, in one kernel, by the source of the cells."""
    cells = [
        LOAD,
        "%check relu",
        ABS,
        "%check relu --lang ja",
        "%check rleu",
        "%%check relu\n" + RELU,
        "import autograder",
        "autograder.check('relu')",
        "autograder.check().passed",
        "%%plot relu\nimport matplotlib.pyplot as plt\nx = relu(1)\nplt.plot([x, 2])\nplt.show()",
        "'x' in dir()",
        "%%plot softmax\nsoftmax([1])",
        "%%plot relu\n1 / 0",
        "%%plot relu\nimport no_such_module",
        "def relu(x):\n    raise NotImplementedError",
        "%%plot relu\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nrelu(1)",
        "%hint",
        "%reload_ext autograder",
        "%check",
    ]
    return dict(zip(cells, run_cells(*cells), strict=True))


def test_nothing_raises(lesson: dict[str, Ran]) -> None:
    assert [source for source, ran in lesson.items() if ran.error] == []


def test_a_check_before_the_code_was_run_says_so(lesson: dict[str, Ran]) -> None:
    assert "not run yet" in lesson["%check relu"].text


def test_a_check_speaks_the_language_asked_for_as_html_and_text(lesson: dict[str, Ran]) -> None:
    ran = lesson["%check relu --lang ja"]
    assert "絶対値と同じ" in ran.html
    assert "絶対値と同じ" in ran.text
    assert "セル [3]" in ran.html


def test_an_unknown_name_is_answered_with_the_nearest(lesson: dict[str, Ran]) -> None:
    assert "Did you mean 'relu'?" in lesson["%check rleu"].text


def test_a_cell_under_check_is_run_and_checked(lesson: dict[str, Ran]) -> None:
    assert "All 6 checks passed." in lesson["%%check relu\n" + RELU].text


def test_the_function_gives_an_object_that_shows_itself(lesson: dict[str, Ran]) -> None:
    assert "all 6 checks passed" in lesson["autograder.check('relu')"].html
    assert lesson["autograder.check().passed"].text == "True"


def test_a_plot_draws_and_keeps_its_variables_to_itself(lesson: dict[str, Ran]) -> None:
    assert next(ran for source, ran in lesson.items() if "plt.plot([x, 2])" in source).images == 1
    assert lesson["'x' in dir()"].text == "False"


def test_a_plot_without_its_function_is_one_line(lesson: dict[str, Ran]) -> None:
    for source in ("%%plot softmax\nsoftmax([1])", "%%plot relu\n1 / 0", "%%plot relu\nimport no_such_module"):
        assert lesson[source].text.startswith("No picture")
        assert lesson[source].text.count("\n") == 0


def test_half_a_picture_is_not_shown(lesson: dict[str, Ran]) -> None:
    (ran,) = [ran for source, ran in lesson.items() if source.endswith("plt.plot([1, 2])\nrelu(1)")]
    assert ran.images == 0
    assert "No picture yet" in ran.text


def test_a_hint_needs_one_name(lesson: dict[str, Ran]) -> None:
    assert "%hint relu" in lesson["%hint"].text


def test_cells_survive_a_reload_of_the_extension(lesson: dict[str, Ran]) -> None:
    assert "relu  ReLU" in lesson["%check"].text


def test_hints_come_one_at_a_time_and_end(run_cells: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "exercises" / "relu", tmp_path / "exercises" / "relu")
    shutil.copyfile(ROOT / "exercises" / "course.json", tmp_path / "exercises" / "course.json")
    _, *shown = run_cells(LOAD, *["%hint relu"] * 6, cwd=tmp_path)
    assert [ran.text.count("/5  ") for ran in shown] == [1, 2, 3, 4, 5, 5]
    assert "One more" not in shown[-1].text
    assert "One more" in shown[0].text


def test_without_the_course_it_says_how_to_get_it(run_cells: Run, tmp_path: Path) -> None:
    engine = tmp_path / "engine"
    shutil.copytree(ROOT / "autograder", engine / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    path = f"import sys\nsys.path.insert(0, {str(engine)!r})"
    *_, ran = run_cells(path, LOAD, RELU, "%check relu", cwd=tmp_path)
    assert "Get the course's zip" in ran.text
    assert ran.error == ""


def test_outside_a_notebook_it_names_the_command() -> None:
    assert "autograder check" in repr(check("relu", lang="en"))
