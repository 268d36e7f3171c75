"""Run a suite on modules of this process: for the course's own code alone, which needs no sandbox."""

from __future__ import annotations

from typing import Any

from ..course.declared import WrongVersion
from ..course.exercise import Exercise
from ..testing.bench import Bench, LocalStudent
from ..testing.diagnosis import Diagnosis
from ..testing.suite import Outcome, Suite


def run_locally(suite: Suite, student: Any, reference: Any, seed: str) -> dict[str, Outcome]:
    """Every item of the suite on one module of this process."""
    outcomes = {}
    for item in suite.items:
        bench = Bench(LocalStudent(student), reference, f"{seed}/{item.name}")
        outcomes[item.name] = suite.run_item(item, bench)
    return outcomes


def diagnose(suite: Suite, exercise: Exercise, reference: Any, seed: str) -> Diagnosis:
    """The `Diagnosis` of an exercise for one seed."""
    priority = {cause: i for i, cause in enumerate(exercise.hints.causes)}
    versions = [v for v in map(WrongVersion.read, exercise.wrong) if v.run]
    versions.sort(key=lambda v: (priority.get(v.cause, len(priority)), v.version.name))
    runs = [run_locally(suite, v.version.load(), reference, seed) for v in versions]
    return Diagnosis([v.cause for v in versions], lambda version, test: runs[version][test].observation)
