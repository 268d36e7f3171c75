"""Which functions each hidden test calls, found by running the suite on the reference.

So a group's points belong to functions without anybody writing it down twice.
"""

from __future__ import annotations

from typing import Any

from ..course.exercise import Exercise
from ..testing.bench import Bench, LocalStudent
from ..testing.fixtures import load_module
from ..testing.suite import Suite
from .inventory import base_name
from .visible import collect_quietly


class _Noting(LocalStudent):
    """The reference as a student; it notes which of its names a test asks for."""

    def __init__(self, module: Any) -> None:
        super().__init__(module)
        self.asked: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        self.asked.add(name)
        return super().__getattr__(name)


def functions_called(exercise: Exercise) -> dict[str, frozenset[str]]:
    """By hidden test (without its parameters), the exercise's functions that it calls."""
    found: dict[str, frozenset[str]] = {}

    def body(suite: Suite) -> None:
        reference = load_module(exercise.reference)
        for item in suite.items:
            student = _Noting(load_module(exercise.reference))
            suite.run_item(item, Bench(student, reference, f"1/{item.name}"))
            name = base_name(item.name)
            found[name] = found.get(name, frozenset()) | student.asked.intersection(exercise.config.functions)

    collect_quietly([exercise], body, hidden=True)
    return found
