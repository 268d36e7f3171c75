"""What a check found: frozen, and the same in a pipe, in ``--json`` and on the screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from ..i18n import Text

if TYPE_CHECKING:
    from ..model import TestStatus

State = Literal["passed", "failed", "broken", "not_begun"]
NOTHING = Text("", "")


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
    message: Text = NOTHING
    cause: str | None = None
    output: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "title": self.title.as_dict(),
            "status": self.status,
            "cause": self.cause,
            "message": self.message.as_dict(),
            "output": list(self.output),
        }

    @classmethod
    def of(cls, data: dict[str, Any]) -> CheckResult:
        """The inverse of `as_dict`."""
        return cls(
            data["name"],
            Text.of(data["title"]),
            data["status"],
            Text.of(data["message"]),
            data["cause"],
            tuple(data["output"]),
        )


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
    problem: Text | None = None
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
        return {
            "id": self.id,
            "state": self.state,
            "passed": self.passed,
            "total": len(self.tests),
            "problem": self.problem.as_dict() if self.problem else None,
            "cause": self.cause,
            "output": list(self.output),
            "tests": [t.as_dict() for t in self.tests],
        }

    @classmethod
    def of(cls, data: dict[str, Any]) -> ExerciseReport:
        """The inverse of `as_dict`, for an exercise that was begun."""
        problem = Text.of(data["problem"]) if data["problem"] else None
        tests = tuple(map(CheckResult.of, data["tests"]))
        return cls(data["id"], tests, problem, data["cause"], output=tuple(data["output"]))


def document(reports: Iterable[ExerciseReport]) -> dict[str, Any]:
    """What ``autograder check --json`` prints."""
    found = list(reports)
    return {
        "schema": 1,
        "passed": bool(found) and all(r.state == "passed" for r in found),
        "exercises": [r.as_dict() for r in found],
    }
