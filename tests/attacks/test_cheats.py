"""Code that does none of the work scores nothing in any exercise, whatever it does to its arguments.

A test that computes what it expects *after* the student's call, from arguments which that call
could overwrite, is paid for with zeros.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from autograder.course.exercise import load_exercise
from autograder.judge.client import JudgeHost
from autograder.model import Source, Submission
from autograder.sandbox.levels import Protections

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
EXERCISES = sorted(p.parent.name for p in SOLUTIONS.glob("*/exercise.yaml"))

WIPE = """
import numpy as np
def wipe(value, fill):
    if isinstance(value, np.ndarray) and value.flags.writeable:
        value[...] = fill
    elif isinstance(value, list):
        value[:] = [fill] * len(value)
    elif isinstance(value, dict):
        for item in value.values():
            wipe(item, fill)
"""
# Which arguments are overwritten (their positions), and with what.
WIPED = (("", 0), ("0", 0), ("0", 1), ("1", 0), ("01", 0), ("012", 1))
ANSWERS = (
    "args[0]",
    "args[1]",
    "np.zeros(np.shape(args[0]))",
    "np.ones(np.shape(args[0]))",
    "0.0",
    "1.0",
    "(args[0], None)",
    "(0.0, dict(args[1]))",
    "lambda *a, **k: 0.0",
)


def cheat(exercise: str, functions: list[str], wiped: str, fill: int, answer: str) -> Submission:
    body = "".join(f"    wipe(args[{i}], {fill})\n" for i in wiped)
    text = WIPE + "".join(f"def {f}(*args, **named):\n{body}    return {answer}\n" for f in functions)
    return Submission(
        f"wipes {wiped or 'nothing'} with {fill}, answers {answer}",
        {exercise: Source(f"{exercise}.py", ((f"{exercise}.py", text),), "")},
    )


@pytest.mark.parametrize("exercise", EXERCISES)
def test_no_work_no_points(protections: Protections, exercise: str) -> None:
    if protections.level == "C":
        pytest.skip("this machine has no sandbox (level C)")
    loaded = load_exercise(SOLUTIONS / exercise)
    cheats = [
        cheat(exercise, list(loaded.config.functions), wiped, fill, answer)
        for (wiped, fill), answer in product(WIPED, ANSWERS)
    ]
    paid = {}
    with JudgeHost([loaded], "1", 2, protections) as host:
        for graded in host.grade(cheats):
            results = graded.results[exercise]
            assert not isinstance(results, str), f"{graded.submission.student}: {results}"
            passed = [r.name for r in results if r.points]
            if passed:
                paid[graded.submission.student] = passed
    assert paid == {}
