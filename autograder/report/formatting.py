"""Numbers, lengths of time and the state of a submission, as every output says them."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Literal

from ..i18n import Text
from ..model import ExerciseResult, SubmissionResult

RowStatus = Literal["complete", "late", "missing", "partial", "needs_review"]

# Notes that inform and ask nobody to look; any other one does.
INFORMATION = frozenset(
    [
        "not_utf8",
        "bad_cookie",
        "wrapper_folder",
        "zip_as_student",
        "unknown_file",
        "unknown_more",
        "group_submission",
        "older_attempt",
        "part_of_name",
        "copy_name",
        "found_by_name",
        "other_kind_notebook",
        "other_kind_python",
        "cell_read_as_code",
    ]
)


def row_status(result: SubmissionResult) -> RowStatus:
    """The one word for a submission; where several fit, the one that most needs a person."""
    if needs_review(result):
        return "needs_review"
    missing = sum(e.status == "missing" for e in result.exercises)
    if missing:
        return "missing" if missing == len(result.exercises) else "partial"
    return "late" if any(e.late_seconds > 0 for e in result.exercises) else "complete"


def needs_review(result: SubmissionResult) -> bool:
    """Whether a person must look: the grader failed, or a note says what was ambiguous."""
    notes = [*result.notes, *(note for e in result.exercises for note in e.notes)]
    return any(e.status == "grader_error" for e in result.exercises) or any(n.code not in INFORMATION for n in notes)


@lru_cache(maxsize=4096)
def rounded(value: Fraction) -> float:
    """The number for JSON: four decimals, rounded from the exact value."""
    return float(round(value, 4))


@lru_cache(maxsize=4096)
def plain(value: Fraction, decimals: int = 4) -> str:
    """The number for people and tables: ``0.5``, ``1``, ``6.3333``."""
    text = f"{float(round(value, decimals)):.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def duration(seconds: int) -> Text:
    """``1 d 3 h`` / ``1 日 3 時間``: the two largest units that count."""
    days, rest = divmod(seconds, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, left = divmod(rest, 60)
    parts = [(days, "d", "日"), (hours, "h", "時間"), (minutes, "min", "分"), (left, "s", "秒")]
    first = next((i for i, part in enumerate(parts) if part[0]), 3)
    shown = [part for part in parts[first : first + 2] if part[0]] or [parts[3]]
    return Text(" ".join(f"{n} {en}" for n, en, _ in shown), " ".join(f"{n} {ja}" for n, _, ja in shown))


def late(exercise: ExerciseResult) -> Fraction:
    """Points that lateness took off."""
    if exercise.score is None or exercise.raw_score is None:
        return Fraction(0)
    return exercise.raw_score - exercise.score
