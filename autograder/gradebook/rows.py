"""Results to rows and back, without loss: a `Fraction` stays exact, a time keeps its offset."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any, Protocol

from ..codec import decode, encode
from ..errors import GraderError
from ..i18n import Text
from ..model import BLOCKS, ExerciseResult, Lines, Note, SubmissionResult, TestResult


class KnownTests(Protocol):
    """The ``test`` table: what all results of a test have in common."""

    def number(self, exercise: str, test: TestResult) -> int:
        """The id of a test; one that is new is recorded."""

    def passed(self, number: int) -> TestResult:
        """How the test with this id is passed.

        Raises
        ------
        KeyError
            There is none.
        """


def dump(value: Any) -> str:
    """Compact JSON that reads as it was written (Japanese is not escaped)."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def submission_values(run_id: int, result: SubmissionResult, now: datetime) -> dict[str, Any]:
    """The columns of one ``submission`` row."""
    return {
        "run_id": run_id,
        "student": result.student,
        "attempt": result.attempt,
        "submission_sha": result.submission_sha256,
        "name": result.name,
        "received_at": result.received_at and result.received_at.isoformat(),
        "seconds": result.seconds,
        "notes": dump(_notes(result.notes)),
        "extra": dump(result.extra),
        "recorded_at": now.isoformat(),
    }


def grade_values(
    submission: Mapping[str, Any], position: int, result: ExerciseResult, known: KnownTests
) -> dict[str, Any]:
    """The columns of one ``grade`` row, but for its submission's id."""
    return {
        **{key: submission[key] for key in ("run_id", "student", "attempt", "submission_sha")},
        "position": position,
        "exercise": result.id,
        "source_sha": result.source_sha256,
        "suite_sha": result.suite_sha256,
        "status": result.status,
        "score": _exact(result.score),
        "score_real": _real(result.score),
        "raw_score": _exact(result.raw_score),
        "raw_score_real": _real(result.raw_score),
        "max_score": _exact(result.max_score),
        "max_score_real": _real(result.max_score),
        "late_seconds": result.late_seconds,
        "causes": dump(sorted({t.cause for t in result.tests if t.cause})),
        "tests": dump([_test(t, known.number(result.id, t)) for t in result.tests]),
        "notes": dump(_notes(result.notes)),
    }


def submission_result(
    row: Mapping[str, Any], grades: Iterable[Mapping[str, Any]], known: KnownTests
) -> SubmissionResult:
    """The result that `submission_values` and `grade_values` stored."""
    return SubmissionResult(
        row["student"],
        tuple(exercise_result(grade, known) for grade in grades),
        datetime.fromisoformat(row["received_at"]) if row["received_at"] else None,
        row["attempt"],
        row["name"],
        _read_notes(row["notes"]),
        row["submission_sha"],
        row["seconds"],
        json.loads(row["extra"]),
    )


def exercise_result(row: Mapping[str, Any], known: KnownTests) -> ExerciseResult:
    """One exercise from its ``grade`` row.

    Raises
    ------
    GraderError
        The row holds what this program never writes (no number, broken JSON): somebody edited the file.
    """
    try:
        return ExerciseResult(
            row["exercise"],
            row["status"],
            _fraction(row["score"]),
            Fraction(row["max_score"]),
            tuple(_read_test(test, known) for test in json.loads(row["tests"])),
            _fraction(row["raw_score"]),
            row["late_seconds"],
            _read_notes(row["notes"]),
            row["source_sha"],
            row["suite_sha"],
        )
    except (ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise GraderError(_EDITED.format(student=row["student"], exercise=row["exercise"])) from error


def _test(test: TestResult, number: int) -> int | dict[str, Any]:
    """What is one student's own of a result: nothing but that it passed, as a rule."""
    if test.status == "passed" and test.points == test.max_points and test.response is None:
        return number
    own: dict[str, Any] = {"test": number, "status": test.status, "points": str(test.points), "cause": test.cause}
    own["message"] = [encode(block) for block in test.message]
    if test.response is not None:
        own |= {"response": test.response, "variant": test.variant, "picks": test.picks}
    return {key: value for key, value in own.items() if value not in (None, [], ())}


def _read_test(data: int | Mapping[str, Any], known: KnownTests) -> TestResult:
    if isinstance(data, int):
        return known.passed(data)
    if "test" not in data:
        return _read_old(data)
    return replace(
        known.passed(data["test"]),
        status=data["status"],
        points=_number(data["points"]),
        cause=data.get("cause"),
        message=tuple(decode(block, BLOCKS) for block in data.get("message", ())),
        response=data.get("response"),
        variant=data.get("variant"),
        picks=tuple(data.get("picks", ())),
    )


def _read_old(data: Mapping[str, Any]) -> TestResult:
    """A result as it was before a message was blocks: its text is kept as it is."""
    passed = data["status"] == "passed"
    return TestResult(
        data["name"],
        data["tier"],
        data["status"],
        _number(data["points"]),
        _number(data["max_points"]),
        data["cause"],
        () if passed else (Lines(_text(**data["message"])),),
        _text(**data["title"]),
        data["group"],
        data.get("response"),
        data.get("variant"),
        tuple(data.get("picks", ())),
    )


def _notes(notes: Iterable[Note]) -> list[dict[str, Any]]:
    return [{"code": note.code, "text": note.text.as_dict()} for note in notes]


def _read_notes(text: str) -> tuple[Note, ...]:
    return tuple(Note(note["code"], Text.of(note["text"])) for note in json.loads(text))


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else f"{value.numerator}/{value.denominator}"


def _real(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


# A class repeats a few numbers and sentences many times; parsing and keeping them once is a
# third of the time and most of the memory of reading it.
_number = lru_cache(maxsize=4096)(Fraction)
_text = lru_cache(maxsize=4096)(Text)


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


_EDITED = Text(
    "The gradebook's row of {student}, {exercise} cannot be read: it was changed by something else. "
    "Put the file back, or grade this student again.",
    "成績簿の {student} の {exercise} の行を読み取れません。ほかの手段で書き換えられています。"
    "元のファイルに戻すか、この学生を採点し直してください。",
)
