"""``results.json``: the machine's copy of every result, one submission a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..files import atomic
from ..gradebook import RunInfo
from ..i18n import Text
from ..model import ExerciseResult, Note, SubmissionResult, TestResult
from ..text.clean import clean_line
from .formatting import rounded, row_status

SCHEMA = 1


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

        def add(result: SubmissionResult) -> None:
            nonlocal separator
            file.write(separator + _dump(submission(result)))
            separator = ",\n"

        yield add
        file.write("\n]}\n")


def _dump(value: dict[str, Any]) -> str:
    """ASCII in which no ``<`` ends the script of a page that holds it."""
    return json.dumps(value).replace("<", "\\u003c")


def submission(result: SubmissionResult) -> dict[str, Any]:
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
        "exercises": [_exercise(e) for e in result.exercises],
    }


def _exercise(exercise: ExerciseResult) -> dict[str, Any]:
    return {
        "id": exercise.id,
        "status": exercise.status,
        "score": None if exercise.score is None else rounded(exercise.score),
        "max_score": rounded(exercise.max_score),
        "raw_score": None if exercise.raw_score is None else rounded(exercise.raw_score),
        "late_seconds": exercise.late_seconds,
        "notes": _notes(exercise.notes),
        "tests": [_test(t) for t in exercise.tests],
    }


def _test(test: TestResult) -> dict[str, Any]:
    return {
        "name": test.name,
        "tier": test.tier,
        "status": test.status,
        "points": rounded(test.points),
        "max_points": rounded(test.max_points),
        "cause": test.cause,
        "message": test.message.as_dict(),
        "title": test.title.as_dict(),
        "group": test.group,
    }


# This file goes to an LMS, and the reason may quote a line of the hidden suite.
_GRADER_ERROR = Text(
    "The grader failed; the class page says why.",
    "採点プログラムの障害です。理由はクラスのページに記録されています。",
)


def _notes(notes: Iterable[Note]) -> list[dict[str, Any]]:
    told = ((n.code, _GRADER_ERROR if n.code == "grader_error" else n.text) for n in notes)
    return [{"code": code, "text": text.as_dict()} for code, text in told]
