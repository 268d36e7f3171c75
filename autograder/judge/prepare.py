"""Make suites ready before the first submission: collect, prove, and learn the causes.

For each exercise the reference runs first, through the same worker as a student's code: a
suite that its own reference fails is broken, and a broken suite gives no score. The wrong
versions run in this process (they are the course's own code): before a class all of them, for
the `Diagnosis`; before a few submissions only as needed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from ..course.declared import WrongVersion
from ..course.exercise import Exercise
from ..errors import AutograderError, GraderError
from ..model import Source, Tier
from ..sandbox.launcher import Launcher
from ..testing.bench import Bench, LocalStudent, Observation
from ..testing.diagnosis import Cell, Diagnosis
from ..testing.fixtures import load_module
from ..testing.marks import Case
from ..testing.suite import Suite, item_case
from .lookahead import Plan, look_ahead
from .reference_cache import Memory
from .remote import RemoteStudent


@dataclass(frozen=True)
class Test:
    """One collected test with its share of the exercise (0 to 1)."""

    __test__ = False

    item: Any
    tier: Tier
    case: Case
    share: Fraction

    @property
    def key(self) -> str:
        """Unique within the exercise: both tiers may use the same name."""
        return f"{self.tier}/{self.item.name}"

    @property
    def name(self) -> str:
        return str(self.item.name)


@dataclass
class Prepared:
    """One exercise, ready to grade. ``broken`` says why it is not."""

    exercise: Exercise
    tests: list[Test] = field(default_factory=list)
    reference: Any = None
    diagnosis: Diagnosis = field(default_factory=lambda: Diagnosis((), lambda version, test: None))
    plans: Mapping[Tier, Plan] = field(default_factory=dict)
    broken: str | None = None

    def bench(self, student: Any, test: Test, seed: str) -> Bench:
        """The bench of one test; the random numbers depend on the seed and the test alone."""
        return Bench(student, self.reference.during(test.key), f"{seed}/{self.exercise.id}/{test.key}")


def suite_sha(exercise: Exercise) -> str:
    """SHA-256 over everything that decides a score."""
    digest = hashlib.sha256()
    for path in (exercise.reference, exercise.hidden, exercise.visible, exercise.folder / "exercise.yaml"):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def prepare(
    suite: Suite, exercises: Sequence[Exercise], launcher: Launcher, seed: str, thorough: bool = True, jobs: int = 1
) -> dict[str, Prepared]:
    """Prepare every exercise; a broken one is kept and marked, the others go on.

    Parameters
    ----------
    thorough
        Learn all causes now, once for every submission, rather than as needed.
    jobs
        Processes that learn at the same time.
    """
    prepared = {e.id: Prepared(e) for e in exercises}
    for exercise_id, one in prepared.items():
        try:
            _prepare(suite, one, launcher, seed)
        except Exception as error:
            text = str(error) if isinstance(error, AutograderError) else f"{type(error).__name__}: {error}"
            one.broken = f"{exercise_id}: {text}"
    if thorough:
        learn([one for one in prepared.values() if one.broken is None], jobs)
    return prepared


def _prepare(suite: Suite, one: Prepared, launcher: Launcher, seed: str) -> None:
    exercise = one.exercise
    problem = next((text for path, text in suite.broken.items() if Path(path).parent == exercise.folder), None)
    if problem:
        raise GraderError(problem)
    items = [item for item in suite.items if item.path.parent == exercise.folder]
    one.tests = _tests(exercise, items)
    one.reference = Memory(load_module(exercise.reference))
    _prove(suite, one, launcher, seed)
    one.diagnosis = learn_causes(suite, one, seed)


def _tests(exercise: Exercise, items: Sequence[pytest.Item]) -> list[Test]:
    marked: list[tuple[pytest.Item, Tier, Case]] = [
        (item, "hidden" if item.path == exercise.hidden else "visible", item_case(item)) for item in items
    ]
    counts: dict[str, int] = {}
    for item, tier, case in marked:
        if case.group not in exercise.config.groups:
            raise GraderError(f"{item.nodeid}: group {case.group!r} is not in exercise.yaml")
        counts[case.group] = counts.get(case.group, 0) + (tier == "hidden")
    empty = [group for group in exercise.config.groups if not counts.get(group)]
    if empty:
        raise GraderError(f"{exercise.id}: group {empty[0]!r} has points but no hidden test")
    return [
        Test(item, tier, case, exercise.weight(case.group, counts[case.group]) if tier == "hidden" else Fraction(0))
        for item, tier, case in marked
    ]


def _prove(suite: Suite, one: Prepared, launcher: Launcher, seed: str) -> None:
    text = one.exercise.reference.read_text(encoding="utf-8")
    source = Source(one.exercise.reference.name, ((one.exercise.reference.name, text),), "")
    student = RemoteStudent(launcher, source, one.exercise.id, one.exercise.config.limits.seconds)
    try:
        for test, following in zip(one.tests, [*[t.item for t in one.tests[1:]], None], strict=True):
            outcome = suite.run_item(test.item, one.bench(student, test, seed), following)
            if outcome.error is not None:
                raise GraderError(f"the reference fails {test.name}: {type(outcome.error).__name__} {outcome.error}")
    finally:
        student.close()


def plan_calls(suite: Suite, one: Prepared, tier: Tier, seed: str, seconds: float) -> Plan:
    """What can be asked of every submission ahead of the tests of a tier: each has processes of its own."""
    tests = {test.key: test for test in one.tests if test.tier == tier}
    return look_ahead(
        lambda key, bench: suite.run_item(tests[key].item, bench),
        lambda student, key: one.bench(student, tests[key], seed),
        list(tests),
        one.reference.reference,
        seconds,
    )


def _by_priority(exercise: Exercise) -> list[WrongVersion]:
    priority = {cause: i for i, cause in enumerate(exercise.hints.causes)}
    versions = [v for v in map(WrongVersion.read, exercise.wrong) if v.run]
    return sorted(versions, key=lambda v: (priority.get(v.cause, len(priority)), v.version.name))


def learn(exercises: Sequence[Prepared], jobs: int) -> None:
    """Fill every `Diagnosis`, each process its share of the tests."""
    work = [(one, test.key) for one in exercises for test in one.tests]
    shares = [work[i::jobs] for i in range(jobs)] if hasattr(os, "fork") else [work]
    readers = [_learn_elsewhere(share) for share in shares[1:]]
    for one, test in shares[0]:
        one.diagnosis.fill(test)
    for share, (pid, reader) in zip(shares[1:], readers, strict=True):
        with open(reader, "rb") as pipe, contextlib.suppress(EOFError, pickle.UnpicklingError):
            for one, _ in share:
                one.diagnosis.learn(pickle.load(pipe))
        os.waitpid(pid, 0)


def _learn_elsewhere(share: Sequence[tuple[Prepared, str]]) -> tuple[int, int]:
    """A process that fills its share and writes it down a pipe; what cannot travel is found again as needed."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return pid, reader
    with contextlib.suppress(BaseException), open(writer, "wb") as pipe:
        found = [_pickled(one.diagnosis.fill(test)) for one, test in share]
        pipe.write(b"".join(found))  # at the end: nobody reads before, and a pipe holds little
    os._exit(0)


def _pickled(cells: Mapping[Cell, Observation | None]) -> bytes:
    try:
        return pickle.dumps(cells)
    except (pickle.PicklingError, TypeError, AttributeError):
        return pickle.dumps({})


def learn_causes(suite: Suite, one: Prepared, seed: str) -> Diagnosis:
    """The `Diagnosis` of an exercise, still empty; its wrong versions run in this process."""
    versions = []
    for version in _by_priority(one.exercise):
        try:
            versions.append((version.cause, version.version.load()))
        except Exception:
            continue  # one that cannot even be loaded shows nothing to compare with
    tests = {test.key: test for test in one.tests}

    nowhere = open(os.devnull, "w")  # noqa: SIM115 - as long as the diagnosis

    def run(version: int, key: str) -> Observation | None:
        with contextlib.redirect_stdout(nowhere):
            bench = one.bench(LocalStudent(versions[version][1]), tests[key], seed)
            bench.explains = False
            return suite.run_item(tests[key].item, bench).observation

    return Diagnosis([cause for cause, _ in versions], run)
