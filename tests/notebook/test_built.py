"""The built notebooks, run from top to bottom in a real kernel and graded as submissions."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from autograder.collect.notebook import read_notebook
from autograder.course.exercise import load_exercise
from autograder.course.load import load_course
from autograder.judge.client import JudgeHost
from autograder.model import Source, Submission
from autograder.sandbox.levels import Protections

from .conftest import ROOT, Ran

Run = Callable[..., list[Ran]]
UNITS = [unit.id for unit in load_course(ROOT).config.units if unit.exercises]


def book(unit: str, lang: str, solved: bool) -> dict[str, Any]:
    """A built notebook, with references in place of stubs where `solved`."""
    made: dict[str, Any] = json.loads((ROOT / "exercises" / "notebooks" / f"{unit}.{lang}.ipynb").read_text("utf-8"))
    for cell in made["cells"]:
        name = cell["id"].removesuffix("-solution")
        if solved and cell["id"].endswith("-solution"):
            source = (ROOT / "solutions" / name / f"{name}.py").read_text(encoding="utf-8")
            cell["source"] = source.splitlines(keepends=True)
    return made


def run(run_cells: Run, unit: str, lang: str, solved: bool) -> dict[str, Ran]:
    cells = [c for c in book(unit, lang, solved)["cells"] if c["cell_type"] == "code"]
    return dict(zip([c["id"] for c in cells], run_cells(*("".join(c["source"]) for c in cells)), strict=True))


@pytest.mark.parametrize("unit", UNITS)
def test_with_stubs_it_runs_to_the_end(run_cells: Run, unit: str) -> None:
    for name, ran in run(run_cells, unit, "en", solved=False).items():
        assert ran.error == "", name
        if name.endswith("-check"):
            assert "not begun" in ran.text
        if name.endswith("-plot"):
            assert ran.text.startswith("No picture yet")


@pytest.mark.parametrize("unit", UNITS)
def test_with_references_every_check_passes_and_every_plot_draws(run_cells: Run, unit: str) -> None:
    for name, ran in run(run_cells, unit, "ja", solved=True).items():
        assert ran.error == "", name
        if name.endswith("-check"):
            assert "個のテストすべてに合格" in ran.html
        if name.endswith("-plot"):
            assert ran.images == 1


def test_what_passes_in_the_notebook_is_graded_in_full(protections: Protections) -> None:
    submissions = []
    for student, check in (("plain", ""), ("checked", "%%check relu\n")):
        made = book("activations", "en", solved=True)
        for cell in made["cells"]:
            if cell["id"] == "relu-solution":
                cell["source"] = check + "".join(cell["source"])
        cells = read_notebook(json.dumps(made).encode()).cells
        submissions.append(Submission(student, {"relu": Source("a.ipynb", cells, "", is_notebook=True)}))
    with JudgeHost([load_exercise(ROOT / "solutions" / "relu")], "1", 2, protections) as host:
        for graded in host.grade(submissions):
            assert {t.status for t in graded.results["relu"]} == {"passed"}, graded.submission.student
