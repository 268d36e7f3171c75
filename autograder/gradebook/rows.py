"""Results to rows and back, without loss: a `Fraction` stays exact, a time keeps its offset."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

from ..errors import GraderError
from ..i18n import Text
from ..model import ExerciseResult, Note, SubmissionResult, TestResult


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


def grade_values(submission: Mapping[str, Any], position: int, result: ExerciseResult) -> dict[str, Any]:
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
        "tests": dump([_test(t) for t in result.tests]),
        "notes": dump(_notes(result.notes)),
    }


def submission_result(row: Mapping[str, Any], grades: Iterable[Mapping[str, Any]]) -> SubmissionResult:
    """The result that `submission_values` and `grade_values` stored."""
    return SubmissionResult(
        row["student"],
        tuple(exercise_result(grade) for grade in grades),
        datetime.fromisoformat(row["received_at"]) if row["received_at"] else None,
        row["attempt"],
        row["name"],
        _read_notes(row["notes"]),
        row["submission_sha"],
        row["seconds"],
        json.loads(row["extra"]),
    )


def exercise_result(row: Mapping[str, Any]) -> ExerciseResult:
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
            tuple(_read_test(test) for test in json.loads(row["tests"])),
            _fraction(row["raw_score"]),
            row["late_seconds"],
            _read_notes(row["notes"]),
            row["source_sha"],
            row["suite_sha"],
        )
    except (ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise GraderError(_EDITED.format(student=row["student"], exercise=row["exercise"])) from error


def _test(test: TestResult) -> dict[str, Any]:
    quiz = (
        {}
        if test.response is None
        else {
            "response": test.response,
            "variant": test.variant,
            "picks": test.picks,
        }
    )
    return quiz | {
        "name": test.name,
        "tier": test.tier,
        "status": test.status,
        "points": str(test.points),
        "max_points": str(test.max_points),
        "cause": test.cause,
        "message": test.message.as_dict(),
        "title": test.title.as_dict(),
        "group": test.group,
    }


def _read_test(data: Mapping[str, Any]) -> TestResult:
    return TestResult(
        data["name"],
        data["tier"],
        data["status"],
        _number(data["points"]),
        _number(data["max_points"]),
        data["cause"],
        _text(**data["message"]),
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
