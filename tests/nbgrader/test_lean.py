"""nbgrader comes without the second that it costs for nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("nbgrader", reason="nbgrader is not installed")

PROGRAM = """
import sys
from autograder.nbgrader.lean import import_nbgrader

import_nbgrader()
assert "nbgrader" in sys.modules
assert "rfc3987_syntax" not in sys.modules  # left as if nobody had asked
assert not any(name.split(".")[0] == "lark" for name in sys.modules), "the grammars were compiled"
import nbformat
from nbformat.v4 import new_code_cell, new_notebook

nbformat.validate(new_notebook(cells=[new_code_cell("1")]))
try:
    nbformat.validate(new_notebook(cells=[{"cell_type": "none"}]))
except nbformat.ValidationError:
    import_nbgrader()
    print("validates")
"""


def test_nbgrader_is_imported_without_grammars_and_still_validates() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.stdout == "validates\n", done.stderr
