"""Run one exercise's own files through its suite, in this process, and print what happens.

``python -m autograder.author.matrix solutions/relu`` is the author's quick look while writing;
``autograder validate`` is the proof, through the real sandbox.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import Any

from ..course.exercise import Exercise, load_exercise
from ..testing.bench import Bench, LocalStudent
from ..testing.diagnosis import Diagnosis, WrongVersion
from ..testing.fixtures import load_module
from ..testing.suite import Outcome, Suite, collected


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
    versions.sort(key=lambda v: (priority.get(v.cause, len(priority)), v.path.name))
    runs = [run_locally(suite, load_module(v.path), reference, seed) for v in versions]
    return Diagnosis([v.cause for v in versions], lambda version, test: runs[version][test].observation)


def _print_version(label: str, suite: Suite, path: Path, reference: Any, diagnosis: Diagnosis, seed: str) -> bool:
    outcomes = run_locally(suite, load_module(path), reference, seed)
    failures = {n: (o.observation, o.error) for n, o in outcomes.items() if o.observation is not None}
    causes = diagnosis.choose(failures, [n for n in outcomes if n not in failures])
    print(f"{label:34} {len(outcomes) - len(failures):2}/{len(outcomes)} passed")
    for name, (_, error) in failures.items():
        print(f"    {name:46} {causes[name] or '-':24} {type(error).__name__}: {str(error)[:60]}")
    if label.startswith("wrong/"):
        version = WrongVersion.read(path)
        shown = next((causes[t] for n in version.fails for t in failures if t.split("[")[0] == n), None)
        missing = [n for n in version.fails if not any(t.split("[")[0] == n for t in failures)]
        if missing or shown != version.cause:
            print(f"    !! declared fails={version.fails} cause={version.cause}; missing={missing} shown={shown}")
            return False
        return True
    return not failures


def main(folder: str) -> int:
    warnings.simplefilter("ignore")  # wrong versions divide by zero by design
    exercise = load_exercise(Path(folder))
    good = True

    def body(suite: Suite) -> None:
        nonlocal good
        reference = load_module(exercise.reference)
        for seed in ("1", "2", "3"):
            print(f"--- seed {seed}")
            diagnosis = diagnose(suite, exercise, reference, seed)
            paths = [exercise.reference, *exercise.right, *(p for p in exercise.wrong if WrongVersion.read(p).run)]
            for path in paths:
                label = str(path.relative_to(exercise.folder))
                good &= _print_version(label, suite, path, reference, diagnosis, seed)

    collected([exercise.hidden], body)
    print("OK" if good else "NOT OK")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
