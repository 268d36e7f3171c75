"""What a student reads was said by a process that had seen no hidden call."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.course.exercise import load_exercise
from autograder.judge.client import JudgeHost
from autograder.model import Source, Submission, TestResult
from autograder.sandbox.levels import Protections
from autograder.text.told import text_of

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"

# Calls are told apart by how often there were any: the first ones are those of the visible tests.
SPY = """
import sys
import numpy as np
seen = sys.__dict__.setdefault("seen", [])
def note(name, x):
    seen.append(name + repr(np.shape(x)))
"""
RELU = (
    SPY
    + """
def relu(x):
    note("relu", x)
    return np.maximum(np.asarray(x), 0)
def relu_grad(x):
    note("relu_grad", x)
    return (np.asarray(x) > 0) * 1.0
"""
)
# Honest with the frames of the calls that were sent along, which are there to be read.
FRAMES = """
import sys
import numpy as np
def told():
    frame, found = sys._getframe(), []
    while frame is not None:
        child = frame.f_locals.get("self")
        found.append(bytes(getattr(child, "_inbox", b"")).count(b"AGW1"))
        frame = frame.f_back
    return max(found)
most = 0
def relu(x):
    global most
    most = max(most, told())
    if np.shape(x) == ():
        raise ValueError(f"calls that wait: {most}")
    return np.maximum(np.asarray(x), 0)
relu_grad = relu
"""
TELL = """
def neuron(*args, **named):
    raise ValueError("seen: " + " ".join(seen))
preactivation = neuron
"""


@pytest.fixture(autouse=True)
def _sandbox(protections: Protections) -> None:
    if protections.level == "C":
        pytest.skip("this machine has no sandbox (level C)")


def graded(protections: Protections, **texts: str) -> dict[str, tuple[TestResult, ...]]:
    sources = {i: Source(f"{i}.py", ((f"{i}.py", text),), "") for i, text in texts.items()}
    exercises = [load_exercise(SOLUTIONS / i) for i in texts]
    with JudgeHost(exercises, "1", 1, protections, thorough=False) as host:
        (one,) = host.grade([Submission("s", sources)])
    for results in one.results.values():
        assert not isinstance(results, str), results
    return {i: results for i, results in one.results.items() if not isinstance(results, str)}


def texts(results: tuple[TestResult, ...]) -> str:
    return "\n".join(text_of(r.message).en + text_of(r.message).ja for r in results)


def test_an_exception_of_the_next_exercise_tells_no_hidden_call(protections: Protections) -> None:
    found = graded(protections, relu=RELU, neuron=SPY + TELL)
    assert sum(r.points for r in found["relu"]) == 1
    visible = sum(r.tier == "visible" for r in found["relu"])
    told = texts(found["neuron"])
    assert "seen: relu" in told, "the exercises do share a process"
    assert max(line.count("relu") for line in told.splitlines()) <= 2 * visible


def test_a_load_error_of_the_next_exercise_tells_no_hidden_call(protections: Protections) -> None:
    broken = SPY + "raise ValueError('seen: ' + ' '.join(seen))\n"
    found = graded(protections, relu=RELU, neuron=broken)
    visible = sum(r.tier == "visible" for r in found["relu"])
    told = texts(found["neuron"])
    assert "seen: relu" in told
    assert max(line.count("relu") for line in told.splitlines()) <= 2 * visible


def test_a_load_that_fails_only_after_hidden_calls_says_nothing(protections: Protections) -> None:
    """A process of hidden tests that crashed is loaded anew; the next exercise is loaded into one, too."""
    late = SPY + "if len(seen) > 12: raise ValueError('seen: ' + ' '.join(seen))\n"
    found = graded(protections, relu=RELU, neuron=late)
    assert "seen:" not in texts(found["neuron"])
    assert {r.status for r in found["neuron"] if r.tier == "hidden"} <= {"error"}


def test_no_hidden_call_waits_beside_a_visible_one(protections: Protections) -> None:
    told = texts(graded(protections, relu=FRAMES)["relu"])
    exercise = load_exercise(SOLUTIONS / "relu")
    visible_calls = exercise.visible.read_text(encoding="utf-8").count("relu")
    found = [int(number) for number in re.findall(r"calls that wait: (\d+)", told)]
    assert found
    assert max(found) <= visible_calls


FOREIGN = """
class Foreign(Exception): pass
def relu(x):
    raise Foreign("seen: " + repr(x))
relu_grad = relu
"""


def test_an_exception_that_calls_itself_another_language_tells_no_hidden_input(protections: Protections) -> None:
    """A cell that is in another language is told by its first line, in hidden tests as well."""
    found = graded(protections, relu=FOREIGN)["relu"]
    assert "seen: " in texts(tuple(r for r in found if r.tier == "visible"))
    assert not [r.name for r in found if r.tier == "hidden" and "array(" in text_of(r.message).en + text_of(r.message).ja]
