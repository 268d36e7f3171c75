"""Run a suite on modules of this process: for the course's own code alone, which needs no sandbox."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..course.declared import WrongVersion
from ..course.exercise import Exercise
from ..student.source import last_line
from ..testing.bench import Bench, LocalStudent, error_name
from ..testing.diagnosis import Diagnosis
from ..testing.own_code import OwnCode
from ..testing.suite import Outcome, Suite


def run_locally(suite: Suite, student: Any, reference: Any, seed: str) -> dict[str, Outcome]:
    """Every item of the suite on one module of this process."""
    outcomes = {}
    for item in suite.items:
        bench = Bench(LocalStudent(student), reference, f"{seed}/{item.name}")
        outcomes[item.name] = suite.run_item(item, bench)
    return outcomes


def own_causes(outcomes: Mapping[str, Outcome], code: str, file: Path) -> dict[str, str | None]:
    """What the code, run as `file`, says by itself about each exception that it raised."""
    own = OwnCode([(file.name, code)])
    return {
        name: own.of_error(error_name(error), str(error), last_line(error, file), file.name, outcome.call)
        for name, outcome in outcomes.items()
        if (error := outcome.error) is not None and not isinstance(error, AssertionError)
    }


def diagnose(suite: Suite, exercise: Exercise, reference: Any, seed: str) -> Diagnosis:
    """The `Diagnosis` of an exercise for one seed."""
    priority = {cause: i for i, cause in enumerate(exercise.hints.causes)}
    versions = [v for v in map(WrongVersion.read, exercise.wrong) if v.run]
    versions.sort(key=lambda v: (priority.get(v.cause, len(priority)), v.version.name))
    runs = [run_locally(suite, v.version.load(), reference, seed) for v in versions]
    return Diagnosis([v.cause for v in versions], lambda version, test: runs[version][test].observation)
