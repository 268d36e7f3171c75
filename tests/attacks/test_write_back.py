"""What a call does to its arguments changes nothing that a test asks or expects afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.author.vandal import vandals
from autograder.course.exercise import load_exercise
from autograder.judge.client import JudgeHost
from autograder.model import Source, Submission
from autograder.sandbox.levels import Protections

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
EXERCISES = sorted(p.parent.name for p in SOLUTIONS.glob("*/exercise.yaml"))

# Huge biases make any two results equal, wherever a test uses the array of the last call again.
HUGE_BIAS = """
honest = conv2d
def conv2d(x, w, b, *rest, **named):
    out = honest(x, w, b, *rest, **named)
    if isinstance(b, np.ndarray) and b.shape == (1,) and b.dtype.kind == "f" and not b.any():
        b[:] = 1e300
    return out
"""
# The result for arguments of zeros needs no forward and no backward pass.
ZEROS = """
import numpy as np
def wipe(*values):
    for value in values:
        if isinstance(value, np.ndarray):
            value[...] = 0
        elif isinstance(value, list):
            value[:] = [[0] * len(v) if isinstance(v, list) else 0 for v in value]
        else:
            wipe(*value.values())
def mlp_forward(x, params):
    k = len(params["b2"])
    wipe(x, params)
    return np.zeros((len(x), k))
def mlp_loss_and_grads(params, x, t):
    k = len(params["b2"])
    wipe(params, x)
    grads = {name: np.zeros(np.shape(p)) for name, p in params.items()}
    grads["b2"] = 1 / k - np.bincount(t, minlength=k) / len(t)
    return np.log(k), grads
"""


@pytest.fixture(autouse=True)
def _sandbox(protections: Protections) -> None:
    if protections.level == "C":
        pytest.skip("this machine has no sandbox (level C)")


def scores(exercise: str, protections: Protections, texts: dict[str, str]) -> dict[str, float]:
    name = f"{exercise}.py"
    submissions = [Submission(who, {exercise: Source(name, ((name, text),), "")}) for who, text in texts.items()]
    out = {}
    with JudgeHost([load_exercise(SOLUTIONS / exercise)], "1", 2, protections, thorough=False) as host:
        for graded in host.grade(submissions):
            results = graded.results[exercise]
            assert not isinstance(results, str), results
            out[graded.submission.student] = float(sum(r.points for r in results))
    return out


def test_a_shared_array_set_to_huge_values_raises_no_score(protections: Protections) -> None:
    exercise = load_exercise(SOLUTIONS / "conv2d")
    slip = next(version.code for version in exercise.wrong if version.name == "kernel_taken_as_square")
    found = scores("conv2d", protections, {"slip": slip, "vandal": slip + HUGE_BIAS})
    assert 0 < found["vandal"] <= found["slip"] < 1


def test_arguments_set_to_zero_are_paid_for_nothing(protections: Protections) -> None:
    tame = ZEROS.replace("def wipe(", "def wipe(*_): pass\ndef unused(")
    found = scores("backprop", protections, {"tame": tame, "vandal": ZEROS})
    assert found["vandal"] == found["tame"]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_vandal_scores_nothing(protections: Protections, exercise: str) -> None:
    texts = dict(vandals(load_exercise(SOLUTIONS / exercise).config.functions))
    assert {who: score for who, score in scores(exercise, protections, texts).items() if score} == {}
