"""What every way out to an LMS starts from: one row a student, with exact scores by column."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from ..errors import GraderError
from ..gradebook import Gradebook
from ..i18n import Text
from ..model import SubmissionResult
from ..report.formatting import RowStatus, row_status
from ..report.studentview import student_view
from ..text.clean import clean_result
from .comment import comment

TOTAL = "total"
NUMBERS = ("moodle", "canvas")  # ids that one assignment or one Canvas counts up: elsewhere somebody else's
_OFFICIAL = frozenset({"idnumber", "sis"})
_OWN_ID = frozenset({"student", "idnumber", "sis", "username"})  # what a student's own id may be in an LMS


@dataclass(frozen=True)
class GradeRow:
    """One student's scores.

    Attributes
    ----------
    ids
        How an LMS names the student, as far as submissions and roster told: ``moodle``
        (participant number), ``canvas`` (user id), ``username``, ``email``, ``idnumber``, ...
    scores
        By column: each exercise's id, and ``total``. None is *no score* (the grader failed,
        nothing was handed in at all, or it was not graded) and must never become 0 or a
        blank that erases a grade. The total is None unless every exercise has a score.
    maxima
        Most points, by the same columns.
    feedback
        Plain text for a comment field, lines separated by ``\\n``.
    absent
        The student handed in nothing whatsoever.
    not_understood
        Exercises that something was handed in for which the grader could not make sense of.
    """

    student: str
    name: str | None
    ids: Mapping[str, str]
    scores: Mapping[str, Fraction | None]
    maxima: Mapping[str, Fraction]
    status: RowStatus
    feedback: Text
    absent: bool = False
    result: SubmissionResult | None = field(default=None, repr=False, compare=False)
    not_understood: tuple[str, ...] = ()

    def id(self, kind: str) -> str | None:
        """The student's id of a kind, in normal form; without one of its own, the gradebook's id may serve."""
        is_own = kind in _OWN_ID and not self.is_number and not (kind in _OFFICIAL and self.is_borrowed)
        found = self.ids.get(kind) or (self.student if is_own else None)
        return normal_id(found, kind) if found else None

    @property
    def is_borrowed(self) -> bool:
        """Whether the gradebook's id is only the address of somebody who has no student id on the roster."""
        return normal_id(self.student, "email") == normal_id(self.ids.get("email") or "", "email")

    @property
    def is_number(self) -> bool:
        """Whether the gradebook's id is itself only a number of one LMS, and elsewhere may be somebody else's id.

        A folder ``太郎 山田_4_assignsubmission_file`` of nobody on the roster makes a student "4".
        """
        return self.student in (self.ids.get(kind) for kind in NUMBERS)


def normal_id(text: str, kind: str = "") -> str:
    """An id as it is compared: full-width forms are folded, leading zeros stay; case counts, but not in an email."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return folded.casefold() if kind in ("email", "username") else folded


def grade_rows(
    gradebook: Gradebook,
    run_id: int | None = None,
    *,
    absent_is_zero: bool = False,
    not_understood_is_zero: bool = False,
) -> list[GradeRow]:
    """The rows of a class, by student id.

    Parameters
    ----------
    run_id
        Whose results; None for the newest grade of each exercise over all runs.
    absent_is_zero
        Give those who handed in nothing at all 0 points instead of no score.
    not_understood_is_zero
        Give work that was handed in and not understood 0 points instead of no score.

    Raises
    ------
    GraderError
        There is no such run, or nothing has been graded yet.
    """
    run = gradebook.run(run_id) if run_id is not None else gradebook.last_run()
    if run is None:
        raise GraderError(
            Text(f"{gradebook.path}: nothing has been graded yet", f"{gradebook.path}: まだ何も採点されていません")
        )
    columns = gradebook.exercises(run_id)
    found = gradebook.results(run_id) if run_id is not None else gradebook.latest_results()
    results = [clean_result(result) for result in found]
    maxima = {i: run.course.exercise(i).max_score for i in columns}
    return [
        GradeRow(
            result.student,
            result.name,
            dict(result.extra),
            _scores(result, columns, absent_is_zero, not_understood_is_zero),
            _maxima(result, maxima),
            row_status(result),
            comment(student_view(result, run.course)),
            _is_absent(result),
            result,
            tuple(e.id for e in result.exercises if e.not_understood),
        )
        for result in results
    ]


def _scores(
    result: SubmissionResult, columns: list[str], absent_is_zero: bool, not_understood_is_zero: bool
) -> dict[str, Fraction | None]:
    zero = Fraction(0) if not_understood_is_zero else None
    found = {e.id: zero if e.not_understood else e.score for e in result.exercises}
    if _is_absent(result) and not absent_is_zero:
        found = {}
    scores = {i: found.get(i) for i in columns}
    known = [score for score in scores.values() if score is not None]
    scores[TOTAL] = sum(known, Fraction(0)) if len(known) == len(scores) else None
    return scores


def _maxima(result: SubmissionResult, course: Mapping[str, Fraction]) -> dict[str, Fraction]:
    # A grade from an earlier run keeps the maximum that it was given under.
    maxima = {**course, **{e.id: e.max_score for e in result.exercises if e.id in course}}
    return {**maxima, TOTAL: sum(maxima.values(), Fraction(0))}


def _is_absent(result: SubmissionResult) -> bool:
    return not result.submission_sha256 and all(
        e.status == "missing" and not e.not_understood for e in result.exercises
    )
