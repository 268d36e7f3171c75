"""What a check found: frozen, and the same in a pipe, in ``--json`` and on the screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from ..codec import decode
from ..i18n import Text
from ..model import BLOCKS, Blocks, TestStatus
from ..text.told import text_of

State = Literal["passed", "failed", "broken", "not_begun"]


@dataclass(frozen=True)
class CheckResult:
    """One visible test.

    Attributes
    ----------
    output
        What the student's code printed meanwhile.
    """

    name: str
    title: Text
    status: TestStatus
    message: Blocks = ()
    cause: str | None = None
    output: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``: the message as text."""
        return {
            "name": self.name,
            "title": self.title.as_dict(),
            "status": self.status,
            "cause": self.cause,
            "message": text_of(self.message).as_dict(),
            "output": list(self.output),
        }

    @classmethod
    def of(cls, data: dict[str, Any]) -> CheckResult:
        """The inverse of `codec.encode`."""
        return decode(data, _CLASSES)  # type: ignore[no-any-return]


@dataclass(frozen=True)
class ExerciseReport:
    """One exercise's visible tests.

    Attributes
    ----------
    problem
        Why nothing could be run (a syntax error, an import that fails), else None.
    output
        What the file printed while it was loaded.
    """

    id: str
    tests: tuple[CheckResult, ...] = ()
    problem: Blocks | None = None
    cause: str | None = None
    begun: bool = True
    output: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        if not self.begun:
            return "not_begun"
        if self.problem is not None:
            return "broken"
        return "passed" if self.tests and self.passed == len(self.tests) else "failed"

    @property
    def passed(self) -> int:
        return sum(t.status == "passed" for t in self.tests)

    def with_test(self, result: CheckResult) -> ExerciseReport:
        """This report with one more test, or one test replaced."""
        if any(t.name == result.name for t in self.tests):
            return replace(self, tests=tuple(result if t.name == result.name else t for t in self.tests))
        return replace(self, tests=(*self.tests, result))

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``: messages as text."""
        return {
            "id": self.id,
            "state": self.state,
            "passed": self.passed,
            "total": len(self.tests),
            "problem": text_of(self.problem).as_dict() if self.problem else None,
            "cause": self.cause,
            "output": list(self.output),
            "tests": [t.as_dict() for t in self.tests],
        }

    @classmethod
    def of(cls, data: dict[str, Any]) -> ExerciseReport:
        """The inverse of `codec.encode`."""
        return decode(data, _CLASSES)  # type: ignore[no-any-return]


_CLASSES = {"CheckResult": CheckResult, "ExerciseReport": ExerciseReport, **BLOCKS}


def document(reports: Iterable[ExerciseReport]) -> dict[str, Any]:
    """What ``autograder check --json`` prints."""
    found = list(reports)
    return {
        "schema": 1,
        "passed": bool(found) and all(r.state == "passed" for r in found),
        "exercises": [r.as_dict() for r in found],
    }
