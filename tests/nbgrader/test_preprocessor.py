"""Mending a notebook, and what becomes of a submission when it is the grader that fails."""

from __future__ import annotations

import copy
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("nbgrader", reason="nbgrader is not installed")

from hypothesis import given, settings
from hypothesis import strategies as st
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.utils import determine_grade

from autograder.gradebook import CourseInfo
from autograder.i18n import Text
from autograder.model import ExerciseResult, TestResult
from autograder.nbgrader.mend import mended, sound, without_hidden
from autograder.nbgrader.outputs import OutputWriter
from autograder.nbgrader.released import MasterCell

REPOSITORY = Path(__file__).resolve().parents[2]
SOLUTIONS = REPOSITORY / "solutions"
HIDDEN = "# Graded\n### BEGIN HIDDEN TESTS\nscore('relu', 'a')\n### END HIDDEN TESTS"
MASTERS = (
    MasterCell("relu__statement", "markdown", "Read.", True, "0" * 32),
    MasterCell("relu", "code", "raise NotImplementedError", False, "1" * 32, solution=True),
    MasterCell("relu__a", "code", HIDDEN, True, "2" * 32, points=0.1),
    MasterCell("essay", "markdown", "Write.", False, "3" * 32, points=2.0, solution=True),
)
CELLS = [
    {
        "cell_type": m.cell_type,
        "id": f"c{i}",
        "metadata": {"nbgrader": m.metadata()},
        "source": m.source,
        **({"outputs": [], "execution_count": None} if m.cell_type == "code" else {}),
    }
    for i, m in enumerate(MASTERS)
]


def notebook(cells: list[Any]) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}).encode()


def graded_ids(nb: Any) -> list[str]:
    return [c.metadata.nbgrader.grade_id for c in nb.cells if "nbgrader" in c.metadata and c.metadata.nbgrader.grade]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
bent = st.tuples(
    st.sampled_from(CELLS),
    st.dictionaries(st.sampled_from(["cell_type", "id", "source", "metadata", "outputs"]), json_values, max_size=2),
    st.dictionaries(st.sampled_from(list(MASTERS[2].metadata())), json_values | st.just("relu__a"), max_size=3),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(bent, max_size=6), json_values)
def test_whatever_a_notebook_holds_nbgrader_finds_it_valid(changes: list[Any], junk: Any) -> None:
    cells = []
    for cell, outer, inner in changes:
        new = copy.deepcopy(cell)
        new["metadata"]["nbgrader"] |= inner
        cells.append(new | outer)
    nb = mended(sound(notebook([*cells, junk])), MASTERS)
    MetadataValidator().validate_nb(nb)
    assert sorted(graded_ids(nb)) == ["essay", "relu__a"]
    assert len({c.id for c in nb.cells}) == len(nb.cells)
    json.dumps(nb, ensure_ascii=False).encode()


def test_an_untouched_notebook_stays_as_it_is() -> None:
    nb = mended(sound(notebook(CELLS)), MASTERS)
    assert [(c.source, dict(c.metadata.nbgrader)) for c in nb.cells] == [(m.source, m.metadata()) for m in MASTERS]


def test_the_last_of_two_copies_counts_and_the_other_is_the_students_own() -> None:
    first, second = copy.deepcopy(CELLS[1]) | {"source": "one"}, copy.deepcopy(CELLS[1]) | {"source": "two"}
    nb = mended(sound(notebook([first, second])), MASTERS)
    assert [c.source for c in nb.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "relu"] == ["two"]
    assert [c.source for c in nb.cells if "nbgrader" not in c.metadata] == ["one"]


def test_a_deleted_answer_waits_for_a_person_and_an_unanswered_one_does_not() -> None:
    deleted = next(c for c in mended(sound(notebook(CELLS[:3])), MASTERS).cells if "Write." in c.source)
    assert determine_grade(deleted) == (None, 2.0)
    assert "missing" in deleted.source


def test_hidden_text_is_cut_even_where_its_end_is_missing() -> None:
    assert without_hidden(HIDDEN) == "# Graded"
    assert without_hidden("# a\n### BEGIN HIDDEN TESTS\nsecret") == "# a"
    assert without_hidden("# BEGIN\nx = 1") == "# BEGIN\nx = 1"


def test_a_cells_number_is_the_exact_share_of_its_points() -> None:
    """The number that nbgrader reads is the exact share, never above the cell's points."""
    tests = tuple(
        TestResult(f"t{i}", "hidden", "passed", Fraction(p, 3), Fraction(1, 3), None, Text("", ""), Text("", ""), "a")
        for i, p in enumerate([1, 0, 0])
    )
    for cell in (MASTERS[2], MasterCell("relu__a", "code", "", True, None, points=1 / 3)):
        for passed, expected in ((tests, cell.points / 3), (tests[:1], cell.points)):  # type: ignore[operator]
            result = ExerciseResult("relu", "graded", None, Fraction(1), passed)
            words, number = OutputWriter(CourseInfo(Text("", ""))).outputs(result, cell)
            assert words["output_type"] == "display_data"
            assert float(number["data"]["text/plain"]) == pytest.approx(expected, abs=1e-15)
            assert float(number["data"]["text/plain"]) <= (cell.points or 0)


@pytest.fixture
def broken(
    tmp_path: Path,
    nbgrader: Callable[..., subprocess.CompletedProcess[str]],
    hand_in: Callable[[Path, Path, dict[str, str]], None],
) -> Path:
    """A course whose suite of relu breaks after the assignment was released."""
    from autograder.course.load import load_course
    from autograder.nbgrader.init import init

    for exercise in ("relu", "softmax"):
        shutil.copytree(SOLUTIONS / exercise, tmp_path / "solutions" / exercise)
    (tmp_path / "course.yaml").write_text(
        "title: {en: Broken, ja: 故障}\n"
        "units:\n  - {id: unit, title: {en: Unit, ja: 単元}, exercises: [{id: relu}, {id: softmax}]}\n",
        encoding="utf-8",
    )
    course = tmp_path / "course"
    init(load_course(tmp_path), course)
    assert nbgrader(course, "generate_assignment", "unit").returncode == 0
    answers = {e: (SOLUTIONS / e / f"{e}.py").read_text(encoding="utf-8") for e in ("relu", "softmax")}
    for student in ("s1", "s2"):
        path = Path("unit") / "unit.ipynb"
        hand_in(course / "release" / path, course / "submitted" / student / path, answers)
    with open(tmp_path / "solutions" / "relu" / "test_hidden.py", "a", encoding="utf-8") as suite:
        suite.write("\n\nraise RuntimeError('broken suite')\n")
    return course


def scores(course: Path) -> dict[str, set[float | None]]:
    with sqlite3.connect(course / "gradebook.db") as database:
        rows = database.execute("SELECT c.name, g.auto_score FROM grade g JOIN base_cell c ON c.id = g.cell_id")
        found: dict[str, set[float | None]] = {}
        for name, score in rows:
            found.setdefault(name.split("__")[0], set()).add(score)
        return found


def test_autograde_gives_no_score_where_the_grader_failed(
    broken: Path, nbgrader: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    done = nbgrader(broken, "autograde", "unit")
    assert done.returncode == 1
    for student in ("s1", "s2"):  # the second was reached, too
        assert f"{student}/unit: NOT GRADED, no score given" in done.stderr
        assert not (broken / "autograded" / student / "unit").exists()
    assert scores(broken) == {"relu": {None}, "softmax": {None}}


def test_grade_gives_no_score_where_the_grader_failed_and_scores_the_rest(broken: Path) -> None:
    command = [sys.executable, "-m", "autograder", "grade", "--nbgrader", str(broken)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 4
    found = scores(broken)
    assert found["relu"] == {None}
    assert None not in found["softmax"]
    assert 0.0 not in found["softmax"]
