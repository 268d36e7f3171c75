"""One class in which nearly everyone does something odd: nobody else is hurt, and nobody gains.

The same submissions go through ``nbgrader autograde`` and through ``grade --nbgrader``.
"""

from __future__ import annotations

import copy
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("nbgrader", reason="nbgrader is not installed")
REPOSITORY = Path(__file__).resolve().parents[2]
SOLUTIONS = REPOSITORY / "solutions"
RELU = (SOLUTIONS / "relu" / "relu.py").read_text(encoding="utf-8")
SOFTMAX = (SOLUTIONS / "softmax" / "softmax.py").read_text(encoding="utf-8")
RIGHT = {"relu": RELU, "softmax": SOFTMAX}
ALL, NOTHING = {"relu": 1.0, "softmax": 2.0}, {"relu": 0.0, "softmax": 0.0}
NOT_UNDERSTOOD = None  # a person must look: what cannot be read is not nothing

Notebook = dict[str, Any]
Cell = dict[str, Any]


def meta(cell: Cell) -> dict[str, Any]:
    return cell["metadata"].get("nbgrader", {})


def cells(nb: Notebook, *, test: bool) -> list[Cell]:
    return [c for c in nb["cells"] if "grade_id" in meta(c) and (meta(c)["grade"] if test else meta(c)["solution"])]


def every(key: str, value: Any) -> Callable[[Notebook], None]:
    """Set one key of all metadata."""

    def change(nb: Notebook) -> None:
        for cell in nb["cells"]:
            if "nbgrader" in cell["metadata"]:
                cell["metadata"]["nbgrader"][key] = value

    return change


def code(text: str) -> Cell:
    return {
        "cell_type": "code",
        "id": f"c{abs(hash(text))}",
        "metadata": {},
        "source": text,
        "outputs": [],
        "execution_count": None,
    }


def first(text: str) -> Callable[[Notebook], None]:
    return lambda nb: nb["cells"].insert(0, code(text))


def empty_metadata(nb: Notebook) -> None:
    for cell in cells(nb, test=True):
        nb["cells"].append(copy.deepcopy(cell) | {"metadata": {"nbgrader": {}}})


def duplicated_tests(nb: Notebook) -> None:
    nb["cells"] += [copy.deepcopy(c) | {"id": f"d{i}"} for i, c in enumerate(cells(nb, test=True))]


def duplicated_solution(nb: Notebook) -> None:
    nb["cells"].insert(0, copy.deepcopy(cells(nb, test=False)[0]) | {"id": "dup"})


def deleted_tests(nb: Notebook) -> None:
    nb["cells"] = [c for c in nb["cells"] if not meta(c).get("grade")]


def everything_in_one_cell(nb: Notebook) -> None:
    nb["cells"] = [code(f"{RELU}\n\n{SOFTMAX}")]


def forged_outputs(nb: Notebook) -> None:
    for cell in cells(nb, test=True):
        cell["source"] = "1000.0"
        cell["metadata"]["nbgrader"]["points"] = 1000
        data = {"text/plain": "1000.0"}
        cell["outputs"] = [{"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}]


def markdown_tests(nb: Notebook) -> None:
    for cell in cells(nb, test=True):
        cell["cell_type"] = "markdown"
        del cell["outputs"], cell["execution_count"]


def solutions_as(kind: str) -> Callable[[Notebook], None]:
    def change(nb: Notebook) -> None:
        for cell in cells(nb, test=False):
            cell["cell_type"] = kind
            del cell["outputs"], cell["execution_count"]

    return change


def solution_without_its_metadata(nb: Notebook) -> None:
    cell = cells(nb, test=False)[0]
    cell |= {"cell_type": "markdown", "metadata": {}}
    del cell["outputs"], cell["execution_count"]


def large_outputs(nb: Notebook) -> None:
    data = {"image/png": "A" * 9_000_000}
    nb["cells"].insert(0, code("plot()") | {"outputs": [{"output_type": "display_data", "metadata": {}, "data": data}]})


def swapped_ids(nb: Notebook) -> None:
    test, solution = cells(nb, test=True)[0], cells(nb, test=False)[0]
    test["metadata"], solution["metadata"] = solution["metadata"], test["metadata"]


def not_tests_any_more(nb: Notebook) -> None:
    for cell in cells(nb, test=True):
        meta(cell).update(grade=False, solution=True, locked=False)


def odd_cells(nb: Notebook) -> None:
    nb["cells"] += [
        {"cell_type": "code", "source": 7},
        {"cell_type": "weird", "metadata": {}, "source": ""},
        "no cell",
        {"cell_type": "code", "metadata": [], "source": ["x = 1\n", 3], "outputs": "?"},
        {"cell_type": "markdown", "metadata": {"nbgrader": "?"}, "source": "\ud800\0", "attachments": [1]},
    ]
    nb["metadata"] = {"kernelspec": {"name": "no-such-kernel"}, "language_info": 3}


def same_ids(nb: Notebook) -> None:
    for cell in nb["cells"]:
        cell["id"] = "same"


def loop_in_relu(nb: Notebook) -> None:
    cells(nb, test=False)[0]["source"] = "def relu(x):\n    while True:\n        pass\n\n\nrelu_grad = relu"


def exit_in_relu(nb: Notebook) -> None:
    cells(nb, test=False)[0]["source"] = "import os\n\n\ndef relu(x):\n    os._exit(0)\n\n\nrelu_grad = relu"


NOISE = "import sys, warnings\nprint('x' * 5000, file=sys.stderr)\nwarnings.warn('careful')\nprint(3.0)\n1000.0"
DISPLAYHOOK = """
import sys
class Ten(float):
    __repr__ = lambda self: "1000.0"
sys.displayhook = lambda value: print(1000.0)
from IPython import get_ipython
shell = get_ipython()
shell.display_formatter.format = lambda *a, **k: ({"text/plain": "1000.0"}, {})
"""
TRANSFORMER = """
import ast
from IPython import get_ipython
class Give(ast.NodeTransformer):
    def visit_Module(self, node):
        return ast.parse("1000.0")
get_ipython().ast_transformers.append(Give())
"""
PRE_RUN = """
from IPython import get_ipython
def give(info):
    info.raw_cell = "1000.0"
get_ipython().events.register("pre_run_cell", give)
"""
GRADEBOOK = """
import os, sqlite3
for up in (".", "..", "../..", "../../..", "../../../.."):
    path = os.path.join(up, "gradebook.db")
    try:
        with sqlite3.connect(path) as db:
            db.execute("UPDATE grade SET auto_score = 1000, manual_score = 1000")
        os.remove(path)
    except Exception:
        pass
"""
TEST_IDS = "import autograder.nbgrader.cell\nautograder.nbgrader.cell.score = lambda *a: 1000.0"
LAUNCHER = "import sqlite3\nprint(1000.0)\nraise SystemExit\n"

# name: (change to a notebook that is right, or to the untouched one; what it scores)
RIGHT_ONES: dict[str, tuple[Callable[[Notebook], None], dict[str, float]]] = {
    "honest": (lambda nb: None, ALL),
    "schema_1": (every("schema_version", 1), ALL),
    "schema_2": (every("schema_version", 2), ALL),
    "schema_99": (every("schema_version", 99), ALL),
    "schema_text": (every("schema_version", "three"), ALL),
    "extra_keys": (every("extra", {"a": [1]}), ALL),
    "no_id": (every("grade_id", None), ALL),
    "unknown_id": (every("grade_id", "nowhere"), ALL),
    "odd_points": (every("points", -5), ALL),
    "empty_metadata": (empty_metadata, ALL),
    "duplicated_tests": (duplicated_tests, ALL),
    "duplicated_solution": (duplicated_solution, ALL),
    "deleted_tests": (deleted_tests, ALL),
    "one_cell": (everything_in_one_cell, ALL),
    "markdown_tests": (markdown_tests, ALL),
    "markdown_solutions": (solutions_as("markdown"), ALL),
    "raw_solutions": (solutions_as("raw"), ALL),
    "bare_markdown_solution": (solution_without_its_metadata, ALL),
    "large_outputs": (large_outputs, ALL),
    "swapped_ids": (swapped_ids, ALL),
    "not_tests": (not_tests_any_more, ALL),
    "odd_cells": (odd_cells, ALL),
    "same_ids": (same_ids, ALL),
    "noise": (first(NOISE), ALL),
    "loop": (loop_in_relu, {"relu": 0.0, "softmax": 2.0}),
    "exit": (exit_in_relu, {"relu": 0.0, "softmax": 2.0}),
}
EMPTY_ONES: dict[str, Callable[[Notebook], None]] = {
    "untouched": lambda nb: None,
    "forged_outputs": forged_outputs,
    "displayhook": first(DISPLAYHOOK),
    "transformer": first(TRANSFORMER),
    "pre_run_cell": first(PRE_RUN),
    "gradebook": first(GRADEBOOK),
    "patched_cell": first(TEST_IDS),
}
FILES: dict[str, bytes] = {
    "invalid_json": b'{"cells": [relu softmax',
    "no_bytes": b"",
    "binary": bytes(range(256)) * 10,
    "a_list": b"[]",
    "old_format": b'{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": []}',
    "deep": b'{"nbformat": 4, "cells": ' + b"[" * 200_000,
}


def hand_in_all(course: Path) -> dict[str, dict[str, float] | None]:
    """Write the class; what each must score, None for no score at all."""
    released = json.loads((course / "release" / "activations" / "activations.ipynb").read_text(encoding="utf-8"))

    def write(student: str, nb: Notebook | bytes, name: str = "activations.ipynb") -> Path:
        path = course / "submitted" / student / "activations" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(nb if isinstance(nb, bytes) else json.dumps(nb).encode())
        return path

    right = copy.deepcopy(released)
    for cell in cells(right, test=False):
        cell["source"] = RIGHT[meta(cell)["grade_id"]]
    expected: dict[str, dict[str, float] | None] = {}
    for student, (change, score) in RIGHT_ONES.items():
        change(nb := copy.deepcopy(right))
        write(student, nb)
        expected[student] = score
    for student, change in EMPTY_ONES.items():
        change(nb := copy.deepcopy(released))
        write(student, nb)
        expected[student] = NOTHING
    for student, data in FILES.items():
        write(student, data)
        expected[student] = NOT_UNDERSTOOD
    write("renamed", right, "activations_renamed by me.ipynb")
    write("copy_beside", right)
    write("copy_beside", released, "activations-Copy1.ipynb")
    write("launcher", released)
    for name in ("ipykernel_launcher.py", "json.py", "sitecustomize.py", "autograder/__init__.py"):
        write("launcher", LAUNCHER.encode(), name)
    stolen = course / "submitted" / "thief" / "activations" / "activations.ipynb"
    stolen.parent.mkdir(parents=True)
    stolen.symlink_to(course / "submitted" / "honest" / "activations" / "activations.ipynb")
    (course / "submitted" / "absent").mkdir()
    return expected | {"renamed": ALL, "copy_beside": ALL, "launcher": NOTHING, "thief": NOT_UNDERSTOOD}


def scores(course: Path) -> dict[str, dict[str, float] | None]:
    """By student and exercise what nbgrader's gradebook holds; None where a test has no score."""
    found: dict[str, dict[str, float] | None] = {}
    with sqlite3.connect(course / "gradebook.db") as database:
        rows = database.execute(
            "SELECT s.student_id, c.name, g.auto_score FROM grade g"
            " JOIN base_cell c ON c.id = g.cell_id JOIN submitted_notebook n ON n.id = g.notebook_id"
            " JOIN submitted_assignment s ON s.id = n.assignment_id"
        ).fetchall()
    for student in {row[0] for row in rows}:
        own = [(name.split("__")[0], score) for who, name, score in rows if who == student]
        by_exercise = {e: [score for name, score in own if name == e] for e, _ in own}
        whole = all(score is not None for _, score in own)
        found[student] = {e: round(sum(s), 9) for e, s in by_exercise.items()} if whole else None
    return found


@pytest.fixture(scope="module")
def autograded(
    tmp_path_factory: pytest.TempPathFactory,
    generated: Callable[[Path], Path],
    nbgrader: Callable[..., subprocess.CompletedProcess[str]],
) -> tuple[Path, dict[str, Any], subprocess.CompletedProcess[str]]:
    course = generated(tmp_path_factory.mktemp("hostile") / "course")
    expected = hand_in_all(course)
    return course, expected, nbgrader(course, "autograde", "activations")


@pytest.fixture(scope="module")
def fast(
    tmp_path_factory: pytest.TempPathFactory, generated: Callable[[Path], Path]
) -> tuple[Path, dict[str, Any], subprocess.CompletedProcess[str]]:
    course = generated(tmp_path_factory.mktemp("hostile") / "course")
    expected = hand_in_all(course)
    command = [sys.executable, "-m", "autograder", "grade", "--nbgrader", str(course)]
    return course, expected, subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("way", ["autograded", "fast"])
def test_the_batch_ends_well_and_everyone_has_the_score_of_their_work(way: str, request: pytest.FixtureRequest) -> None:
    course, expected, done = request.getfixturevalue(way)
    assert done.returncode == 0, done.stderr[-3000:]
    found = scores(course)
    assert {s: found.get(s) for s in expected} == expected
    assert "absent" not in found


@pytest.mark.parametrize("way", ["autograded", "fast"])
def test_every_autograded_notebook_has_each_released_cell_once_and_one_number_a_test(
    way: str, request: pytest.FixtureRequest
) -> None:
    course, expected, _ = request.getfixturevalue(way)
    released = json.loads((course / "release" / "activations" / "activations.ipynb").read_text(encoding="utf-8"))
    tests = {meta(c)["grade_id"]: meta(c) for c in cells(released, test=True)}
    for student in set(expected) - {"thief"}:
        path = course / "autograded" / student / "activations" / "activations.ipynb"
        nb = json.loads(path.read_text(encoding="utf-8"))
        found = cells(nb, test=True)
        assert sorted(meta(c)["grade_id"] for c in found) == sorted(tests), student
        for cell in found:
            assert meta(cell)["points"] == tests[meta(cell)["grade_id"]]["points"]
            numbers = [o for o in cell["outputs"] if o["output_type"] == "execute_result"]
            assert len(numbers) == 1
            assert 0 <= float("".join(numbers[0]["data"]["text/plain"])) <= meta(cell)["points"]
        others = [c for c in nb["cells"] if c["cell_type"] == "code" and c not in found]
        assert all(c["outputs"] == [] for c in others), student


@pytest.mark.parametrize("way", ["autograded", "fast"])
def test_feedback_can_be_made_for_all_of_them(
    way: str, request: pytest.FixtureRequest, nbgrader: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    course, expected, _ = request.getfixturevalue(way)
    made = nbgrader(course, "generate_feedback", "activations")
    assert made.returncode == 0, made.stderr[-3000:]
    pages = {p.parent.parent.name for p in (course / "feedback").glob("*/activations/activations.html")}
    assert pages >= set(expected) - {"thief"}
