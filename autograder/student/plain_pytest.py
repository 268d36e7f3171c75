"""Our words in a plain ``pytest exercises/relu``: what ``exercises/conftest.py`` imports.

pytest's own report shows the traceback through our helpers and cuts arrays; this replaces it
by the explanation that ``autograder check`` prints. What we have no better words for is left
as pytest has it.
"""

from __future__ import annotations

import sys
from collections.abc import Generator

import pytest

from ..i18n import Lang, Text, choose_language
from ..model import Blocks
from ..testing.bench import Bench, Failed, Observation, observe
from ..testing.marks import case_of
from ..testing.suite import Outcome
from ..text.told import lines
from .misconceptions import Misconceptions
from .outcomes import code_of, describe, describe_load, missing_function, told_by
from .results import CheckResult
from .source import last_line, problem

# A file saved twice within a second, with the same size, would be run from its old bytecode.
sys.dont_write_bytecode = True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Replace the long text of a failed report."""
    report = yield
    error = call.excinfo.value if call.excinfo is not None else None
    if error is not None and report.failed:
        words = explanation(item, error)
        if words is not None:
            report.longrepr = _titled(item, words, choose_language())
    return report


def explanation(item: pytest.Item, error: BaseException) -> Blocks | None:
    """What ``autograder check`` would say about this failure; None where the student's file has no part in it."""
    path = item.path.parent / f"{item.path.parent.name}.py"
    broken = problem(path)
    if broken is not None:
        return broken.message
    bench = getattr(item, "funcargs", {}).get("bench")
    if bench is None:
        return describe_load(error, path)[1] if last_line(error, path) else None
    if isinstance(error, AttributeError) and getattr(error.obj, "__file__", None) == str(path):
        return missing_function(error.name or "", path)
    if not isinstance(error, Exception) or not (isinstance(error, AssertionError) or last_line(error, path)):
        return None
    observation = error.observation if isinstance(error, Failed) else _observation(error, bench)
    known = Misconceptions.load(path.parent / "causes.json")
    outcome, code = Outcome(observation, error, None, bench.student.last_call), code_of(path)
    told = {item.name: told_by(code, outcome, path)}
    cause = known.choose({item.name: (observation, error)}, [], told)[item.name]
    test = CheckResult(item.name, Text.of(item.name), "failed")
    return describe(test, outcome, outcome.call, path, cause, known.text, 0.0, code).message


def _observation(error: Exception, bench: Bench) -> Observation | None:
    def again() -> None:
        raise error

    return observe(again, bench)[0]


def _titled(item: pytest.Item, words: Blocks, lang: Lang) -> str:
    case = case_of(getattr(item, "function", None))
    return "\n".join([*([case.title.get(lang)] if case else []), *(f"  {line}" for line in lines(words, lang))])
