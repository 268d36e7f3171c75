"""Hidden suites as one pytest session, collected once and run again for each submission.

`collected` starts pytest on the test files and hands the collected items to a function; the
session stays open until that function returns. `run_item` runs one item on a given bench.
The report is our own: pytest's traceback costs 1.8 ms a failure and would show the suite.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from _pytest.runner import runtestprotocol

from ..errors import GraderError
from . import fixtures
from .bench import Bench, Call, Failed, Observation, observe
from .failures import WorkerGone
from .marks import Case, case_of
from .restore import Pristine

MAX_KEPT = 1 << 20  # bytes of what a failed test saw

# Plug-ins that a suite has no use for; without them an item costs half as much.
_UNUSED = [
    "cacheprovider",
    "doctest",
    "faulthandler",
    "junitxml",
    "logging",
    "nose",
    "pastebin",
    "setuponly",
    "setupplan",
    "stepwise",
    "threadexception",
    "tmpdir",
    "unraisableexception",
    "warnings",
    "legacypath",
    "debugging",
    "terminal",
]


@dataclass(frozen=True)
class Outcome:
    """How one item ended on one bench.

    Attributes
    ----------
    gone
        Set where the worker died, ran out of time, or had nothing to call.
    call
        The last call of the student's code.
    """

    observation: Observation | None
    error: BaseException | None
    gone: WorkerGone | None = None
    call: Call | None = None


class _Plugin:
    def __init__(self, body: Callable[[list[pytest.Item]], None]) -> None:
        self.body = body
        self.benches: dict[str, Bench] = {}
        self.outcomes: dict[str, Outcome] = {}
        self.problems: list[str] = []
        self.broken: dict[str, str] = {}
        self.root = Path()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.body(session.items)
        return True

    def pytest_configure(self, config: pytest.Config) -> None:
        self.root = config.rootpath
        config.stash[fixtures.MAKE_BENCH] = lambda item: self.benches[item.nodeid]

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.broken[str(Path(self.root, report.nodeid))] = f"{report.nodeid}: {report.longreprtext[-1500:]}"

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool:
        arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
        self.outcomes[pyfuncitem.nodeid] = attempt(pyfuncitem.obj, arguments, self.benches[pyfuncitem.nodeid])
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        if call.excinfo is not None:
            self.problems.append(f"{item.nodeid} ({call.when}): {call.excinfo.exconly()}")
        when = call.when if call.when in ("setup", "teardown") else "call"
        return pytest.TestReport(item.nodeid, item.location, {}, "passed", None, when)


def attempt(function: Callable[..., Any], arguments: dict[str, Any], bench: Bench) -> Outcome:
    """Run a test function on a bench."""
    try:
        observation, error = observe(lambda: _asserting(function, arguments), bench)
    except WorkerGone as gone:
        return Outcome(None, gone, gone, bench.student.last_call)
    if isinstance(error, GraderError):
        raise error
    if observation is not None and not is_small(observation.value):
        observation = replace(observation, value=None)
        if isinstance(error, Failed):
            error.observation = observation
    return Outcome(observation, error, None, bench.student.last_call)


def _asserting(function: Callable[..., Any], arguments: dict[str, Any]) -> None:
    """Run a test; what pytest says in its own way (``pytest.raises`` in vain) is an assertion that does not hold.

    Its exceptions are no `Exception`: out of here they would end the judge, and so be no failure of the student's.
    """
    try:
        function(**arguments)
    except (pytest.fail.Exception, pytest.skip.Exception) as outcome:
        raise AssertionError(str(outcome)).with_traceback(outcome.__traceback__) from None


def is_small(value: Any, limit: int = MAX_KEPT) -> bool:
    """Whether a value is worth keeping until all tests are done: no right answer is large."""
    pending, size = [value], 0
    while pending and size <= limit:
        one = pending.pop()
        size += one.nbytes if isinstance(one, np.ndarray) else 64 * len(one) if isinstance(one, range) else 64
        if isinstance(one, (tuple, list)):
            pending.extend(one)
        elif isinstance(one, dict):
            pending.extend(one.values())
    return size <= limit


class Suite:
    """The open session: run items on benches, as often as wanted.

    Attributes
    ----------
    broken
        Test files that could not be collected, with pytest's own words.
    """

    def __init__(self, plugin: _Plugin, items: list[pytest.Item]) -> None:
        self._plugin = plugin
        self.items = items
        self.broken = plugin.broken
        self._plain: dict[pytest.Item, tuple[list[str], dict[str, Any]] | None] = {}
        self._pristine = Pristine()

    def run_item(self, item: pytest.Item, bench: Bench, nextitem: pytest.Item | None = None) -> Outcome:
        """Run one item on a bench.

        A test that asks only for our fixtures and its own parameters is simply called; one
        with more (fixtures of its own, set-up functions, marks) goes through pytest.

        Raises
        ------
        GraderError
            A fixture failed: the suite is broken, whatever the submission is.
        """
        self._pristine.restore(item)
        if item not in self._plain:
            self._plain[item] = _plain_arguments(item)
        plain = self._plain[item]
        if plain is not None:
            parts, params = plain
            return attempt(item.obj, {**params, **{n: getattr(bench, n) for n in parts}}, bench)  # type: ignore[attr-defined]
        self._plugin.benches[item.nodeid] = bench
        self._plugin.problems.clear()
        runtestprotocol(item, log=False, nextitem=nextitem)
        if self._plugin.problems:
            raise GraderError(self._plugin.problems[0])
        return self._plugin.outcomes.pop(item.nodeid)


def _plain_arguments(item: pytest.Item) -> tuple[list[str], dict[str, Any]] | None:
    """Names of the bench's parts and the parameters that a test takes; None where it needs pytest."""
    names = set(getattr(item, "fixturenames", ["?"])) - {"bench", "request"}
    callspec = getattr(item, "callspec", None)
    params = dict(callspec.params) if callspec is not None else {}
    marked = any(item.get_closest_marker(m) for m in ("skip", "skipif", "xfail", "usefixtures"))
    if marked or not names <= set(Bench.FIXTURES) | set(params) or getattr(item, "cls", None) is not None:
        return None
    wanted = list(inspect.signature(item.obj).parameters)  # type: ignore[attr-defined]
    if not set(wanted) <= names:
        return None
    return [n for n in wanted if n not in params], {n: params[n] for n in wanted if n in params}


def item_case(item: pytest.Item) -> Case:
    """The item's `case` mark."""
    found = case_of(getattr(item, "function", None))
    if found is None:
        raise GraderError(f"{item.nodeid}: the test has no @case(group, en=..., ja=...) mark")
    return found


def collected(files: Sequence[Path], body: Callable[[Suite], None]) -> None:
    """Collect test files and call `body` with the open `Suite`.

    Raises
    ------
    GraderError
        A file cannot be imported, or the session failed.
    """
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    failure: list[BaseException] = []
    started: list[bool] = []

    def guarded(items: list[pytest.Item]) -> None:
        started.append(True)
        try:
            body(Suite(plugin, items))
        except BaseException as error:
            failure.append(error)

    plugin = _Plugin(guarded)
    options = ["--continue-on-collection-errors", "--import-mode=importlib", "--assert=plain", "-s"]
    options += ["--rootdir", os.path.commonpath([f.parent.parent for f in files]), "-c", os.devnull]
    code = pytest.main(
        [*options, *(o for name in _UNUSED for o in ("-p", f"no:{name}")), *map(str, files)],
        plugins=[plugin, fixtures],
    )
    if failure:
        raise failure[0]
    if not started:
        raise GraderError("\n".join(["The suites cannot be collected:", *plugin.broken.values(), f"(pytest: {code})"]))
