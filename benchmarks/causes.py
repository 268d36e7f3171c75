"""How often the right cause is named for slips that nobody has written down.

    python benchmarks/causes.py [ID ...] [--pairs 150] [--seed 1] [--tell]

Two questions to each exercise's hidden suite. *Unseen*: a wrong version is diagnosed as if it
did not exist. Is its cause named by a neighbour of the same cause, is none named, or another?
*Doubled*: two wrong versions of different causes are merged into one program. Is each cause
that is named one of the two?

A cause that only says what was seen (a shape, nan, an error's own words) blames nothing that
the student did; such are counted apart from the *other* ones. All figures are failed tests.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import random
import signal
import sys
import warnings
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from autograder.author.doubled import doubled
from autograder.author.local import own_causes, run_locally
from autograder.course.causes import OBSERVED
from autograder.course.declared import WrongVersion
from autograder.course.exercise import Exercise, load_exercise
from autograder.course.load import load_course
from autograder.course.version import Version
from autograder.testing.diagnosis import Diagnosis
from autograder.testing.fixtures import load_module
from autograder.testing.suite import Outcome, Suite, collected

Runs = Mapping[str, Outcome]
SECONDS = 10


class Measured:
    """One exercise, its wrong versions, and what each shows on the hidden tests."""

    def __init__(self, suite: Suite, exercise: Exercise, seed: str) -> None:
        self.suite, self.exercise, self.seed = suite, exercise, seed
        self.reference = load_module(exercise.reference)
        order = {cause: i for i, cause in enumerate(exercise.hints.causes)}
        versions = [v for v in map(WrongVersion.read, exercise.wrong) if v.run]
        self.versions = sorted(versions, key=lambda v: (order.get(v.cause, len(order)), v.version.name))
        self.runs = [self.run(v.version) for v in self.versions]

    def run(self, version: Version) -> Runs | None:
        """Every test on one version; None where that does not end."""

        def expire(*_: object) -> None:
            raise TimeoutError

        signal.signal(signal.SIGALRM, expire)
        signal.alarm(SECONDS)
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                return run_locally(self.suite, version.load(), self.reference, self.seed)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            return None
        finally:
            signal.alarm(0)

    def told(self, runs: Runs, version: Version, without: int | None = None) -> dict[str, str | None]:
        """The cause named for each failed test, with one wrong version forgotten."""
        kept = [i for i, found in enumerate(self.runs) if i != without and found is not None]
        diagnosis = Diagnosis(
            [self.versions[i].cause for i in kept],
            lambda i, test: self.runs[kept[i]][test].observation,  # type: ignore[index]
        )
        failures = {n: (o.observation, o.error) for n, o in runs.items() if o.observation is not None}
        passed = [n for n, o in runs.items() if o.observation is None and o.error is None]
        return diagnosis.choose(failures, passed, own_causes(runs, version.code, version.file))


def judged(told: Mapping[str, str | None], true: set[str]) -> Counter[str]:
    """Right, none, only what was seen, or another: how many tests of each."""

    def verdict(cause: str | None) -> str:
        if cause is None:
            return "none"
        return "right" if cause in true else "seen" if cause in OBSERVED else "other"

    return Counter(map(verdict, told.values()))


def unseen(one: Measured, tell: bool) -> Counter[str]:
    """Leave one out, each in turn."""
    total: Counter[str] = Counter()
    for i, version in enumerate(one.versions):
        runs = one.runs[i]
        if runs is not None:
            told = one.told(runs, version.version, without=i)
            total += judged(told, {version.cause})
            _tell(tell, version.version.name, told, {version.cause})
    return total


def pairs(one: Measured, count: int, tell: bool) -> Counter[str]:
    """Merged versions of different causes, a sample."""
    total: Counter[str] = Counter()
    reference = Version.read("reference", one.exercise.reference)
    right = [v.code for v in (reference, *one.exercise.right)]
    sources = [v.version.code for v in one.versions]
    found = [d for d in doubled(right, sources) if one.versions[d.first].cause != one.versions[d.second].cause]
    chosen = random.Random(one.seed).sample(found, min(count, len(found)))
    for number, double in enumerate(chosen):
        version = Version("wrong", f"double_{number}", double.code, Path(f"double_{number}.py"))
        runs = one.run(version)
        if runs is None:
            continue
        both = one.versions[double.first], one.versions[double.second]
        true = {v.cause for v in both}
        told = one.told(runs, version)
        result = judged(told, true)
        total += result
        total["programs"] += 1
        total["programs with a third"] += bool(result["other"])
        _tell(tell, " + ".join(v.version.name for v in both), told, true)
    return total


def _tell(tell: bool, name: str, told: Mapping[str, str | None], true: set[str]) -> None:
    others = {t: c for t, c in told.items() if c is not None and c not in true and c not in OBSERVED}
    if tell and others:
        print(f"    {name} ({', '.join(sorted(true))}): {others}")


def main() -> int:
    """Parse, measure, print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("ids", nargs="*")
    parser.add_argument("--pairs", type=int, default=150)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--tell", action="store_true", help="print every cause that was another")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    course = load_course(Path(__file__).resolve().parent.parent)
    sums: dict[str, Counter[str]] = {"unseen": Counter(), "doubled": Counter()}
    for exercise_id in options.ids or course.exercise_ids:
        exercise = load_exercise(course.solutions_dir / exercise_id)

        def body(suite: Suite, exercise: Exercise = exercise) -> None:
            one = Measured(suite, exercise, options.seed)
            for name, found in (
                ("unseen", unseen(one, options.tell)),
                ("doubled", pairs(one, options.pairs, options.tell)),
            ):
                sums[name] += found
                _print(exercise.id, name, found)

        collected([exercise.hidden], body)
    for name, found in sums.items():
        _print("all", name, found)
    return 0


def _print(exercise: str, name: str, found: Counter[str]) -> None:
    verdicts = ("right", "seen", "none", "other")
    tests = sum(found[v] for v in verdicts) or 1
    shares = "  ".join(f"{v} {100 * found[v] / tests:4.1f} %" for v in verdicts)
    more = f"  {found['programs']} programs, {found['programs with a third']} with a third" if found["programs"] else ""
    print(f"{exercise:14} {name:8} {tests:5} tests: {shares}{more}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
