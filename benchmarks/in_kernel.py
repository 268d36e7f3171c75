"""The same hidden and visible tests for graders that run them beside the student's code.

`run` is what a test cell of nbgrader or a test file of Otter calls: no pytest, no process
boundary, just the test functions on the student's namespace. It is as fast as those tools
could have it.
"""

from __future__ import annotations

import itertools
import types
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from autograder.testing import Bench, LocalStudent, case_of
from autograder.testing.fixtures import load_module

SOLUTIONS = Path(__file__).resolve().parent.parent / "solutions"


@cache
def _suite(exercise_id: str) -> tuple[Any, list[tuple[str, Any, dict[str, Any]]]]:
    folder = SOLUTIONS / exercise_id
    tests = []
    for file in ("test_visible", "test_hidden"):
        module = load_module(folder / f"{file}.py")
        for name, function in vars(module).items():
            if name.startswith("test_") and case_of(function):
                tests += [(f"{file}/{name}/{i}", function, p) for i, p in enumerate(_parameters(function))]
    return load_module(folder / f"{exercise_id}.py"), tests


def _parameters(function: Any) -> Iterator[dict[str, Any]]:
    marks = [m for m in getattr(function, "pytestmark", []) if m.name == "parametrize"]
    choices = []
    for mark in marks:
        names = [n.strip() for n in mark.args[0].split(",")] if isinstance(mark.args[0], str) else list(mark.args[0])
        values = [getattr(v, "values", v) for v in mark.args[1]]
        choices.append(
            [dict(zip(names, v if len(names) > 1 or isinstance(v, tuple) else (v,), strict=True)) for v in values]
        )
    for combination in itertools.product(*choices):
        yield {k: v for part in combination for k, v in part.items()}


def run(exercise_id: str, namespace: dict[str, Any]) -> float:
    """The share of the exercise's tests that pass on the functions of `namespace`."""
    reference, tests = _suite(exercise_id)
    student = LocalStudent(types.SimpleNamespace(**{k: v for k, v in namespace.items() if not k.startswith("_")}))
    passed = 0
    for key, function, parameters in tests:
        bench = Bench(student, reference, f"1/{exercise_id}/{key}")
        names = function.__code__.co_varnames[: function.__code__.co_argcount]
        try:
            function(**{n: parameters[n] if n in parameters else getattr(bench, n) for n in names})
            passed += 1
        except Exception:
            continue
    return float(round(passed / len(tests), 4))
