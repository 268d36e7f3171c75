"""The floor: fork, load, call, compare, with the same worker and nothing around it.

For each submission and exercise a student process is forked from the same zygote in the same
sandbox, the source is loaded, the calls that the exercise's tests make are made, and each
result is compared with the known one by `numpy.allclose`. No pytest, no random inputs, no
explanations, no gradebook; one process an exercise and one call at a time, as is plainest.
``grade`` is measured against this in `throughput.py`.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from autograder.course.exercise import Exercise, load_exercise
from autograder.course.version import Version
from autograder.judge.prepare import Prepared, prepare
from autograder.judge.remote import RemoteStudent
from autograder.judge.remote_object import RemoteObject
from autograder.model import Source
from autograder.sandbox.launcher import launch
from autograder.sandbox.levels import probe
from autograder.testing.copies import snapshot
from autograder.testing.suite import Suite, collected

Recorded = list[tuple[str, tuple[Any, ...], dict[str, Any], Any]]


class Recorder:
    """Stands between a test and the student, and writes down each call whose result is data."""

    def __init__(self, student: RemoteStudent, calls: Recorded) -> None:
        self._student = student
        self._calls = calls
        self.last_call = None

    def __getattr__(self, name: str) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            given = (snapshot(args), snapshot(kwargs))
            result = getattr(self._student, name)(*args, **kwargs)
            if not _has_handle((args, kwargs, result)):
                self._calls.append((name, *given, snapshot(result)))
            return result

        return call


def _has_handle(value: Any) -> bool:
    if isinstance(value, (tuple, list)):
        return any(map(_has_handle, value))
    if isinstance(value, dict):
        return any(map(_has_handle, value.values()))
    return isinstance(value, RemoteObject)


def close(actual: Any, expected: Any) -> bool:
    """Compare results of any structure."""
    if isinstance(expected, dict):
        return all(close(actual[k], v) for k, v in expected.items())
    if isinstance(expected, (tuple, list)) and any(isinstance(v, (np.ndarray, tuple, dict)) for v in expected):
        return all(close(a, e) for a, e in zip(actual, expected, strict=True))
    return expected is None or bool(np.allclose(actual, expected, rtol=1e-6, atol=1e-8))


def record(suite: Suite, one: Prepared, launcher: Any) -> Recorded:
    """The calls that the tests of one exercise make of its reference."""
    calls: Recorded = []
    text = one.exercise.reference.read_text(encoding="utf-8")
    student = RemoteStudent(launcher, Source("r", (("r.py", text),), ""), one.exercise.id, 2.0)
    for test in one.tests:
        suite.run_item(test.item, one.bench(Recorder(student, calls), test, "1"))
    student.close()
    return calls


def work(texts: dict[str, list[str]], calls: dict[str, Recorded], numbers: range, barrier: Any, out: Any) -> None:
    """One process: its own zygote, and the submissions of these numbers."""
    launcher = launch(probe(), 256 << 20)
    barrier.wait()
    bad = 0
    for number in numbers:
        for exercise_id, versions in texts.items():
            text = versions[number % len(versions)]
            student = RemoteStudent(launcher, Source("s", (("s.py", text),), ""), exercise_id, 2.0)
            for name, args, kwargs, expected in calls[exercise_id]:
                bad += not close(getattr(student, name)(*args, **kwargs), expected)
            student.close()
    launcher.close()
    out.put(bad)


def busy_seconds() -> float:
    """CPU seconds of the whole machine since it started: a sandbox's own children escape ``getrusage``."""
    fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    user, nice, system, _idle, _iowait, irq, softirq = map(int, fields[:7])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def _alike(exercise: Exercise, calls: Recorded) -> list[str]:
    """The reference and the right versions that take the recorded arguments (an optimiser's state is its own)."""
    kept = []
    for version in (Version.read("reference", exercise.reference), *exercise.right):
        if "scipy" in version.code:
            continue  # as in throughput.py
        module = version.load()
        try:
            if all(close(getattr(module, name)(*a, **k), expected) for name, a, k, expected in calls):
                kept.append(version.code)
        except Exception:
            continue
    return kept


def main(solutions: Path, ids: list[str], submissions: int, jobs: int) -> None:
    """Record, then run `submissions` on `jobs` processes; prints the number of calls a submission."""
    warnings.simplefilter("ignore")
    exercises: list[Exercise] = [load_exercise(solutions / i) for i in ids]
    calls: dict[str, Recorded] = {}

    def body(suite: Suite) -> None:
        launcher = launch(probe(), 256 << 20)
        prepared = prepare(suite, exercises, launcher, "1", thorough=False)
        calls.update({i: record(suite, one, launcher) for i, one in prepared.items()})
        launcher.close()

    collected([f for e in exercises for f in (e.visible, e.hidden)], body)
    texts = {e.id: _alike(e, calls[e.id]) for e in exercises}
    context = multiprocessing.get_context("fork")
    barrier, out = context.Barrier(jobs + 1), context.Queue()
    shares = [range(i, submissions, jobs) for i in range(jobs)]
    processes = [context.Process(target=work, args=(texts, calls, share, barrier, out)) for share in shares]
    for process in processes:
        process.start()
    barrier.wait()
    start, cpu = time.monotonic(), busy_seconds()
    bad = sum(out.get(timeout=600) for _ in processes)
    wall, cpu = time.monotonic() - start, busy_seconds() - cpu
    for process in processes:
        process.join()
    print(json.dumps({"wall": wall, "cpu": cpu, "calls": sum(map(len, calls.values())), "bad": bad}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2].split(","), int(sys.argv[3]), int(sys.argv[4]))
