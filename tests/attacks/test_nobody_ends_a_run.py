"""One hostile file beside honest ones: the run goes on, and the others' grades are what they were."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from autograder.collect import reader
from autograder.collect import collection
from autograder.model import Submission
from autograder.pipeline import Options, grade_class

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
RELU = (SOLUTIONS / "relu" / "relu.py").read_text(encoding="utf-8")
COURSE = f"""
title: {{en: C, ja: C}}
solutions: {SOLUTIONS}
units:
  - id: u
    title: {{en: U, ja: U}}
    exercises: [{{id: relu, points: 1}}]
    quizzes: [{{id: quiz_neurons, points: 1}}]
"""


def notebook(*sources: str) -> str:
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": source} for source in sources]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})


DEEP = "[" * 600 + "]" * 600
HOSTILE = {
    "deep-json": ("quiz_neurons.json", '{"answers": {"x-01": ' + DEEP + "}}"),
    "deep-yaml": ("quiz_neurons.yaml", "x-01: " + DEEP),
    "blanks": ("quiz_neurons.yaml", "[\n" + f"x-1: x{' ' * 1900}x\n" * 5),
    "signs": ("u.ipynb", notebook("y = " + "-" * 100_000 + "1", RELU)),
    "magics": ("u.ipynb", notebook("%%time\n" * 2_000, RELU)),
    "tuple": ("u.ipynb", notebook("x = (" + "1," * 3_900_000 + ")", RELU)),
    "chain": ("u.ipynb", notebook(RELU, *(f"h{i} = h{i - 1}" for i in range(1, 1_500)))),
    "table": ("relu.py", 'def relu(x):\n    raise ValueError("a\\n" + "--|" * 60 + "x")'),
}
GRADED = {"signs", "magics", "chain"}  # the work is there, beside the hostile cell


def grade(root: Path, only: str = "", **more: Any) -> dict[str, dict[str, Any]]:
    (root / "course.yaml").write_text(COURSE, encoding="utf-8")
    ids = [only] if only else ()
    grade_class(Options(root / "in", root / "out", course=root / "course.yaml", only=ids, seed=1, jobs=2, **more))
    data = json.loads((root / "out" / "results.json").read_text(encoding="utf-8"))
    return {s["student"]: s for s in data["submissions"]}


def hand_in(root: Path, student: str, name: str, text: str) -> None:
    (root / "in" / student).mkdir(parents=True)
    (root / "in" / student / name).write_text(text, encoding="utf-8")


def test_no_file_ends_a_run_or_holds_it_up(tmp_path: Path) -> None:
    for student, (name, text) in HOSTILE.items():
        hand_in(tmp_path, student, name, text)
    hand_in(tmp_path, "zz-honest", "relu.py", RELU)
    began = time.monotonic()
    found = grade(tmp_path)
    assert time.monotonic() - began < 60
    assert found["zz-honest"]["score"] == 1
    assert {s for s in HOSTILE if found[s]["score"] == 1} == GRADED


@pytest.mark.parametrize("how", ["hang", "crash"])
def test_a_submission_that_ends_its_reader_is_named_and_the_next_ones_are_graded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    honest = collection._read

    def read(entry: collection.Entry, *more: Any) -> Submission:
        if entry.student == "hostile":
            while how == "hang":
                pass
            os.kill(os.getpid(), signal.SIGKILL)
        return honest(entry, *more)

    monkeypatch.setattr(collection, "_read", read)
    monkeypatch.setattr(reader, "DEADLINE", 3.0)
    for student in ("a", "hostile", "z"):
        hand_in(tmp_path, student, "relu.py", RELU)
    for resumed in (False, True):
        found = grade(tmp_path, only="relu", resume=resumed)
        assert {s: found[s]["exercises"][0]["score"] for s in found} == {"a": 1, "hostile": None, "z": 1}
        assert [note["code"] for note in found["hostile"]["notes"]] == ["could_not_be_read"]
        assert all(found["hostile"]["notes"][0]["text"][lang] for lang in ("en", "ja"))
