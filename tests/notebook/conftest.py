"""The real course, the cells of a notebook by hand, and a real kernel to run them in."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder.author.parts import load_exercises
from autograder.course.exercise import Exercise
from autograder.course.load import LoadedCourse, load_course

ROOT = Path(__file__).resolve().parent.parent.parent
NO_JUPYTER = "Jupyter is not installed (pip install -e '.[notebook]')"

RELU = """\
import numpy as np


def relu(x):
    return np.maximum(np.asarray(x), 0)


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
"""
ABS = RELU.replace("np.maximum(np.asarray(x), 0)", "np.abs(np.asarray(x))")


@dataclass(frozen=True)
class Ran:
    """What a cell showed."""

    text: str
    html: str
    error: str
    images: int


@pytest.fixture(scope="session")
def course() -> LoadedCourse:
    return load_course(ROOT)


@pytest.fixture(scope="session")
def exercises(course: LoadedCourse) -> dict[str, Exercise]:
    return load_exercises(course)


@pytest.fixture(scope="session")
def run_cells() -> Callable[..., list[Ran]]:
    """Run sources as the cells of one notebook in a real kernel; errors are kept, not raised."""
    pytest.importorskip("nbclient", reason=NO_JUPYTER)
    pytest.importorskip("ipykernel", reason=NO_JUPYTER)
    from nbclient import NotebookClient
    from nbformat import v4

    def run(*sources: str, cwd: Path = ROOT / "exercises" / "notebooks", lang: str = "en") -> list[Ran]:
        book = v4.new_notebook(cells=[v4.new_code_cell(source) for source in sources])
        env = {**os.environ, "AUTOGRADER_LANG": lang, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
        client = NotebookClient(
            book, timeout=120, kernel_name="python3", allow_errors=True, resources={"metadata": {"path": str(cwd)}}
        )
        client.execute(env=env)
        return [_ran(cell["outputs"]) for cell in book["cells"]]

    return run


def _ran(outputs: list[dict[str, Any]]) -> Ran:
    data = [o.get("data", {}) for o in outputs]
    return Ran(
        "".join(o.get("text", "") or o.get("data", {}).get("text/plain", "") for o in outputs),
        "".join(d.get("text/html", "") for d in data),
        "".join(o.get("ename", "") for o in outputs),
        sum("image/png" in d for d in data),
    )
