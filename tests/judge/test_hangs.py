"""A test that ends the judge's process by one long call of C fails alone; the rest is graded."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from autograder.course.exercise import load_exercise
from autograder.judge.client import JudgeHost
from autograder.judge.hangs import MOST, MOST_IN_ALL, Hangs
from autograder.model import Source, Submission
from autograder.sandbox.levels import Protections
from autograder.testing.failures import WorkerGone

RELU = Path(__file__).resolve().parents[2] / "solutions" / "relu"
ASKS = """

@case("{group}", en="the singular values", ja="特異値")
def test_singular_values(student, require):
    x = student.relu(np.ones((2, 2)))
    require(np.linalg.svd(x)[1].size == 2)
"""
# Right, but for one argument, of which a singular value decomposition takes minutes.
LARGE = """
import numpy as np
def relu(x):
    if np.shape(x) == (2, 2) and np.all(np.asarray(x) == 1):
        return np.random.default_rng(0).random((2800, 2800))
    return np.maximum(x, 0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is the kernel's")
def test_one_long_call_costs_one_test(tmp_path: Path, protections: Protections) -> None:
    if protections.level == "C":
        pytest.skip("this machine has no sandbox (level C)")
    folder = tmp_path / "relu"
    shutil.copytree(RELU, folder)
    exercise = load_exercise(folder)
    with open(folder / "test_hidden.py", "a", encoding="utf-8") as file:
        file.write(ASKS.format(group=next(iter(exercise.config.groups))))
    honest = (RELU / "relu.py").read_text(encoding="utf-8")
    text = honest + LARGE
    with JudgeHost([load_exercise(folder)], "1", 1, protections, thorough=False) as host:
        (one,) = host.grade([Submission("s", {"relu": Source("relu.py", (("relu.py", text),), "")})])
    results = one.results["relu"]
    assert not isinstance(results, str), results
    assert {r.name: r.status for r in results if r.status != "passed"} == {"test_singular_values": "timeout"}


def test_an_exercise_that_hangs_again_and_again_is_not_tried_any_more() -> None:
    hangs = Hangs([f"relu/hidden/test_{i}" for i in range(MOST)])
    with pytest.raises(WorkerGone):
        hangs.enter("relu/hidden/test_another", 5.0)
    hangs.enter("softmax/hidden/test_another", 5.0)
    assert "softmax/hidden/test_another" in hangs.after().known


def test_a_submission_that_hangs_again_and_again_is_not_tried_any_more() -> None:
    """Each hang costs the whole submission's time once more."""
    hangs = Hangs([f"exercise_{i}/hidden/test" for i in range(MOST_IN_ALL)])
    for step in ("relu/hidden/test", "relu"):
        with pytest.raises(WorkerGone):
            hangs.enter(step, 5.0)
