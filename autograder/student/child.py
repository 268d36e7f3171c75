"""The process in which the student's code runs: load, try, tell.

It writes one JSON object a line: ``tests`` (what there is), ``load``, ``begin`` and ``end`` of
a test, ``report`` of an exercise, ``done``. Whoever reads (`runner`) therefore knows what was
going on when this process hangs or dies. Nothing here protects a score: on their own machine
students run their own code.
"""

from __future__ import annotations

import gc
import io
import json
import os
import sys
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any, TextIO

import pytest

from ..codec import encode
from ..course.causes import cause_of_error
from ..errors import GraderError
from ..i18n import Text
from ..testing.bench import Bench, Call, LocalStudent
from ..testing.causes_file import VISIBLE_SEED
from ..testing.failures import WorkerGone
from ..testing.marks import case_of
from ..testing.suite import Outcome, Suite, collected
from .cells import run_source
from .deadline import Overtime, limited
from .misconceptions import Misconceptions
from .outcomes import Output, code_of, describe, describe_load, told_by
from .results import CheckResult, ExerciseReport
from .source import read

LOAD_SECONDS = 10.0
MAX_OVERRUNS = 2  # a function that ran out of time this often is not called again
Emit = Callable[[dict[str, Any]], None]

# Exceptions that no test may hope for: each ends the test, as in the judge.
_ENDS: tuple[tuple[type[BaseException], str], ...] = (
    (NotImplementedError, "not_implemented"),
    (RecursionError, "recursion"),
    (MemoryError, "memory"),
    (SystemExit, "exited"),
)


class GuardedStudent(LocalStudent):
    """The student's module; what must not look like an ordinary error ends the test at once."""

    def __init__(self, module: ModuleType) -> None:
        super().__init__(module)
        self._overruns: Counter[str] = Counter()

    def __getattr__(self, name: str) -> Any:
        try:
            value = getattr(self._module, name)
        except AttributeError as error:
            raise WorkerGone("error", "function_missing", name) from error
        if not callable(value):  # as in a grading, where nothing but functions can be asked for
            raise WorkerGone("error", "function_missing", name)

        recorded = self._recorded(name, value)

        def guarded(*args: Any, **kwargs: Any) -> Any:
            if self._overruns[name] >= MAX_OVERRUNS:
                self.last_call = Call(name, args, kwargs)
                raise WorkerGone("timeout", "timeout", "again")
            try:
                return recorded(*args, **kwargs)
            except Overtime:
                self._overruns[name] += 1
                raise
            except tuple(kind for kind, _ in _ENDS) as error:
                cause = next(cause for kind, cause in _ENDS if isinstance(error, kind))
                raise WorkerGone("error", cause, str(error)) from error

        return guarded


def load(path: Path) -> ModuleType:
    """Run the student's file as a fresh module; writes no bytecode, so the file just saved is what runs."""
    name = path.stem if path.stem not in sys.modules else f"student_{path.stem}"
    module = ModuleType(name)
    module.__file__ = str(path)
    sys.modules[name] = module
    run_source(read(path), path, module.__dict__)
    return module


def run_item(suite: Suite, item: pytest.Item, student: GuardedStudent, seconds: float) -> Outcome:
    """Run one test within its deadline; whatever the student's code throws becomes an `Outcome`."""
    student.last_call = None
    bench = Bench(student, None, f"{VISIBLE_SEED}/{item.name}")
    outcomes: list[Outcome] = []
    try:
        limited(seconds, lambda: outcomes.append(suite.run_item(item, bench)))
    except Overtime as error:
        gone = WorkerGone("timeout", "timeout")
        gone.__cause__ = error
        return Outcome(None, gone, gone)
    except GraderError as error:
        return Outcome(None, error)
    except BaseException as error:
        gone = WorkerGone("error", cause_of_error(type(error).__name__, str(error)) or "crashed", str(error))
        gone.__cause__ = error
        return Outcome(None, gone, gone)
    return outcomes[0]


def _title(item: pytest.Item) -> Text:
    """The test's title, with the parameters where it has any."""
    case = case_of(getattr(item, "function", None))
    if case is None:
        return Text.of(item.name)
    callspec = getattr(item, "callspec", None)
    suffix = f" [{callspec.id}]" if callspec is not None else ""
    return Text(case.title.en + suffix, case.title.ja + suffix)


def check_exercise(
    suite: Suite, items: list[pytest.Item], path: Path, seconds: float, skip: list[str], emit: Emit
) -> None:
    """Load one exercise's file and run its tests."""
    name = path.stem
    waiting = [CheckResult(item.name, _title(item), "not_run") for item in items]
    emit({"event": "load", "id": name, "tests": [encode(t) for t in waiting]})
    output = Output.install()
    modules: list[ModuleType] = []
    try:
        limited(LOAD_SECONDS, lambda: modules.append(load(path)))
    except BaseException as error:
        cause, problem = describe_load(error, path)
        report = ExerciseReport(name, tuple(waiting), problem, cause, output=output.lines())
        emit({"event": "report", "report": encode(report)})
        return
    student = GuardedStudent(modules[0])
    loaded = output.lines()
    known = Misconceptions.load(path.parent / "causes.json")
    code = code_of(path)
    outcomes: dict[str, Outcome] = {}
    results: dict[str, CheckResult] = {}
    calls: dict[str, Call | None] = {}
    for test in waiting:
        if test.name in skip:
            continue
        item = next(i for i in items if i.name == test.name)
        emit({"event": "begin", "id": name, "test": encode(test), "seconds": seconds})
        output = Output.install()
        outcome = run_item(suite, item, student, seconds)
        outcomes[test.name], calls[test.name] = outcome, student.last_call
        results[test.name] = replace(
            describe(test, outcome, student.last_call, path, None, known.text, seconds, code), output=output.lines()
        )
        emit({"event": "end", "id": name, "test": encode(results[test.name])})
    failures = {n: (o.observation, o.error) for n, o in outcomes.items() if o.observation is not None}
    told = {n: told_by(code, o, path) for n, o in outcomes.items()}
    causes = known.choose(failures, [n for n, r in results.items() if r.status == "passed"], told)
    for test_name, found in causes.items():
        result = results[test_name]
        again = describe(result, outcomes[test_name], calls[test_name], path, found, known.text, seconds, code)
        results[test_name] = replace(again, output=result.output)
    done = ExerciseReport(name, tuple(results.values()), output=loaded)
    emit({"event": "report", "report": encode(done)})


def main(job: dict[str, Any], out: TextIO) -> None:
    """Run the checks that `job` names and write the events to `out`.

    Parameters
    ----------
    job
        ``{"exercises": [{"path", "seconds", "skip"}]}``, paths of the students' files.
    """

    def emit(event: dict[str, Any]) -> None:
        out.write(json.dumps(event) + "\n")
        out.flush()

    paths = {Path(e["path"]).resolve(): e for e in job["exercises"]}

    def body(suite: Suite) -> None:
        gc.freeze()
        gc.enable()
        for broken, why in suite.broken.items():
            emit({"event": "broken", "id": Path(broken).parent.name, "text": why.strip().splitlines()[-1]})
        for path, entry in paths.items():
            items = [i for i in suite.items if i.path.parent.resolve() == path.parent]
            check_exercise(suite, items, path, entry["seconds"], entry["skip"], emit)

    sys.stdin = io.StringIO()  # input() ends with EOFError
    sys.dont_write_bytecode = True
    warnings.formatwarning = lambda message, category, filename, lineno, line=None: (
        f"{Path(filename).name}:{lineno}: {category.__name__}: {message}\n"
    )
    Output.install()
    try:
        collected([path.parent / "test_visible.py" for path in paths], body)
    except GraderError as error:
        emit({"event": "broken", "id": "", "text": error.text.en})
    emit({"event": "done"})


if __name__ == "__main__":
    # Where a process cannot be forked: the job on stdin, the events on stdout.
    _out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what the student's code writes there is no event
    main(json.load(sys.stdin), _out)
    os._exit(0)
