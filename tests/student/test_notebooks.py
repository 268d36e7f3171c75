"""A notebook counts as begun when its code has changed, not when it was only run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.student.notebooks import FOLDER, RECORD, begun_notebooks, code_digest, record


def notebook(*sources: str | list[str], text: str = "", outputs: list[str] | None = None) -> str:
    code = [{"cell_type": "code", "source": s, "outputs": outputs or []} for s in sources]
    return json.dumps({"nbformat": 4, "cells": [{"cell_type": "markdown", "source": text}, *code]})


GIVEN = notebook("%load_ext autograder", "def relu(x):\n    raise NotImplementedError")


@pytest.fixture
def exercises(tmp_path: Path) -> Path:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / RECORD).parent.mkdir()
    (tmp_path / RECORD).write_text(record([("activations.ja.ipynb", GIVEN)]))
    return tmp_path


@pytest.mark.parametrize(
    ("now", "begun"),
    [
        (GIVEN, False),
        (notebook("%load_ext autograder", ["def relu(x):\n", "    raise NotImplementedError"]), False),
        (notebook("%load_ext autograder", "def relu(x):\n    raise NotImplementedError", text="a note"), False),
        (notebook("%load_ext autograder", "def relu(x):\n    raise NotImplementedError", "", outputs=["1"]), False),
        (notebook("%load_ext autograder", "def relu(x):\n    return x"), True),
        ("{broken", True),
    ],
    ids=["as given", "as Jupyter writes it", "texts", "run", "code", "broken"],
)
def test_only_changed_code_counts(exercises: Path, now: str, begun: bool) -> None:
    (exercises / FOLDER / "activations.ja.ipynb").write_text(now)
    assert bool(begun_notebooks(exercises)) is begun


def test_a_notebook_that_is_not_there_and_a_missing_record_are_nothing(exercises: Path) -> None:
    assert begun_notebooks(exercises) == []
    (exercises / RECORD).unlink()
    assert begun_notebooks(exercises) == []


def test_what_is_no_notebook_has_no_digest() -> None:
    assert code_digest("[]") is None
    assert code_digest(GIVEN) == code_digest(GIVEN) != code_digest(notebook("other"))
