"""``results.json``: the machine's copy of every result, one submission a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..files import atomic
from ..gradebook import CourseInfo, ExerciseInfo, RunInfo
from ..i18n import Text
from ..model import Blocks, Cause, ExerciseResult, Note, SubmissionResult, Table, TestResult, Tier
from ..text.clean import clean_line
from ..text.told import ended, text_of
from .formatting import rounded, row_status

SCHEMA = 1
TIERS: tuple[Tier, ...] = ("visible", "hidden")


@contextmanager
def results_json(path: Path, run: RunInfo) -> Iterator[Callable[[SubmissionResult], None]]:
    """Yields a function that adds one submission; the file appears when the block ends."""
    with atomic(path) as file:
        header = _dump(
            {
                "schema": SCHEMA,
                "course": run.course.title.en,
                "course_title": run.course.title.as_dict(),
                "seed": run.seed,
                "engine": run.engine,
                "run": run.id,
                "sandbox": dict(run.sandbox),
                "submissions": [],
            }
        )
        file.write(header.removesuffix("]}"))
        separator = "\n"
        tests = _Tests()

        def add(result: SubmissionResult) -> None:
            nonlocal separator
            tests.add(result)
            file.write(separator + _dump(submission(result, run.course)))
            separator = ",\n"

        yield add
        file.write('\n],\n"exercises":' + _dump(tests.as_dict(run.course)) + "}\n")


def _dump(value: dict[str, Any]) -> str:
    """Compact JSON in which no ``<`` ends the script of a page that holds it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def submission(result: SubmissionResult, course: CourseInfo) -> dict[str, Any]:
    """One submission. The total is summed exactly and rounded once."""
    return {
        "student": clean_line(result.student),
        "name": result.name,
        "score": rounded(result.score),
        "max_score": rounded(result.max_score),
        "status": row_status(result),
        "received_at": result.received_at.isoformat() if result.received_at else None,
        "attempt": result.attempt,
        "notes": _notes(result.notes),
        "exercises": [_exercise(e, course.exercise(e.id)) for e in result.exercises],
    }


def _exercise(exercise: ExerciseResult, info: ExerciseInfo) -> dict[str, Any]:
    return {
        "id": exercise.id,
        "status": exercise.status,
        "score": None if exercise.score is None else rounded(exercise.score),
        "max_score": rounded(exercise.max_score),
        "raw_score": None if exercise.raw_score is None else rounded(exercise.raw_score),
        "late_seconds": exercise.late_seconds,
        "notes": _notes(exercise.notes),
        "tests": _tests(exercise.tests, info),
    }


def _tests(tests: Iterable[TestResult], info: ExerciseInfo) -> list[dict[str, Any]]:
    """An entry for each test, as other programs expect it; titles and groups stand once, in ``exercises``."""
    told: set[str | None] = set()
    return [_test(test, info, told) for test in tests]


def _test(test: TestResult, info: ExerciseInfo, told: set[str | None]) -> dict[str, Any]:
    passed = test.status == "passed"
    return {
        "name": test.name,
        "tier": test.tier,
        "status": test.status,
        "points": rounded(test.points),
        "max_points": rounded(test.max_points),
        "cause": test.cause,
        "message": None if passed else text_of(_message(test, info, told), packed=True).as_dict(),
    }


def _message(test: TestResult, info: ExerciseInfo, told: set[str | None]) -> Blocks:
    """What is told of a failed test. A cause is explained where it comes first: its sentence, and a table of values.

    An item of a quiz says itself what is wrong.
    """
    message, cause = ended(test.status, test.message), info.cause_text(test.cause)
    if test.response is not None or cause is None:
        return message
    if test.cause in told:
        return tuple(b for b in message if not isinstance(b, Table))
    told.add(test.cause)
    return (*message, Cause(test.cause, cause))


class _Tests:
    """What the submissions share of their tests: gathered on the way, written once at the end."""

    def __init__(self) -> None:
        self._tests: dict[str, dict[tuple[str, str], TestResult]] = {}

    def add(self, result: SubmissionResult) -> None:
        for exercise in result.exercises:
            known = self._tests.setdefault(exercise.id, {})
            for test in exercise.tests:
                known.setdefault((test.tier, test.name), test)

    def as_dict(self, course: CourseInfo) -> dict[str, Any]:
        return {i: _shared(course.exercise(i), tests.values()) for i, tests in self._tests.items()}


def _shared(info: ExerciseInfo, tests: Iterable[TestResult]) -> dict[str, Any]:
    groups: dict[str, list[TestResult]] = {}
    for test in tests:
        groups.setdefault(test.group, []).append(test)
    return {
        "title": info.title.as_dict(),
        "groups": [
            {
                "id": group,
                "title": info.groups.get(group, Text.of(group)).as_dict(),
                **{tier: {t.name: _title(t, info) for t in found if t.tier == tier} for tier in TIERS},
            }
            for group, found in groups.items()
        ],
    }


def _title(test: TestResult, info: ExerciseInfo) -> dict[str, str]:
    """Of a quiz's item the one that all its variants share."""
    return (info.items[test.name].title if test.name in info.items else test.title).as_dict()


# This file goes to an LMS, and the reason may quote a line of the hidden suite.
_GRADER_ERROR = Text(
    "The grader failed; the class page says why.",
    "採点プログラムの障害です。理由はクラスのページに記録されています。",
)


def _notes(notes: Iterable[Note]) -> list[dict[str, Any]]:
    told = ((n.code, _GRADER_ERROR if n.code == "grader_error" else n.text) for n in notes)
    return [{"code": code, "text": text.as_dict()} for code, text in told]
