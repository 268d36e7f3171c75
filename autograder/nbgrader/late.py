"""The course's late policy as a plug-in of nbgrader.

nbgrader asks for one penalty for a whole notebook and tells its score and how late it was.
Our policy is about one exercise: points come off each exercise's own maximum, never below 0,
and each may have its own due date. So the plug-in looks up the exercises' scores where its
caller keeps them, applies the same `late_score` as ``autograder grade``, and answers with the
difference. The assignment is due when the first of its exercises is; the due dates of the
others count from there, so that an extension granted in nbgrader moves all of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from nbgrader.plugins import LateSubmissionPlugin

from ..course.load import LoadedCourse
from ..errors import GraderError
from ..i18n import Text
from ..score import LatePolicy, late_score
from .where import course, exercise_of


@dataclass(frozen=True)
class Part:
    """One exercise of a notebook.

    Attributes
    ----------
    raw, maximum
        Points before the late policy, and at most.
    after
        How long after the assignment itself this exercise is due; None: never.
    """

    raw: Fraction
    maximum: Fraction
    after: timedelta | None = timedelta()


class CourseLatePolicy(LateSubmissionPlugin):  # type: ignore[misc]
    """``c.AssignLatePenalties.plugin_class = "autograder.nbgrader.late.CourseLatePolicy"``."""

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float:
        """Points to take off one notebook.

        Parameters
        ----------
        score
            What the whole notebook scored.
        total_seconds_late
            Seconds after the assignment's due date, a granted extension included.

        Raises
        ------
        GraderError
            The caller is not nbgrader's AssignLatePenalties, so the exercises' scores are unknown.
        """
        loaded = course()
        parts = parts_of(loaded, _grades(self.parent))
        return min(float(penalty(parts.values(), total_seconds_late, loaded.config.late)), score)


def penalty(parts: Iterable[Part], seconds_late: float, policy: LatePolicy) -> Fraction:
    """Points that lateness takes off the exercises together.

    Parameters
    ----------
    parts
        The exercises (`Part`) of one notebook.
    seconds_late
        After the assignment's due date.
    """
    lost = Fraction(0)
    for part in parts:
        if part.after is not None:
            seconds = max(0, int(seconds_late - part.after.total_seconds()))
            lost += part.raw - late_score(part.raw, part.maximum, seconds, policy)
    return lost


def parts_of(loaded: LoadedCourse, grades: Sequence[tuple[str, float, float]]) -> Mapping[str, Part]:
    """The exercises behind the grades of a notebook.

    Parameters
    ----------
    grades
        ``(grade_id, score, maximum)`` of each graded cell.
    """
    ids = list(dict.fromkeys(exercise_of(name) for name, _, _ in grades))
    after = due_after(loaded, ids)
    parts = {}
    for exercise_id in ids:
        own = [(score, maximum) for name, score, maximum in grades if exercise_of(name) == exercise_id]
        entry = loaded.entries.get(exercise_id)
        maximum = Fraction(str(entry.points)) if entry else _exact(m for _, m in own)
        parts[exercise_id] = Part(_exact(s for s, _ in own), maximum, after[exercise_id])
    return parts


def first_due(loaded: LoadedCourse, ids: Sequence[str]) -> datetime | None:
    """When an assignment with these exercises is due, aware; None where none of them has a due date."""
    return min((due for i in ids if (due := _due(loaded, i)) is not None), default=None)


def due_after(loaded: LoadedCourse, ids: Sequence[str]) -> dict[str, timedelta | None]:
    """How long after `first_due` each exercise is due, None for never.

    Where the course sets no due date at all, one set in nbgrader counts for every exercise.
    """
    first = first_due(loaded, ids)
    if first is None:
        return dict.fromkeys(ids, timedelta())
    return {i: due - first if (due := _due(loaded, i)) is not None else None for i in ids}


def _due(loaded: LoadedCourse, exercise_id: str) -> datetime | None:
    return loaded.due(exercise_id) if exercise_id in loaded.entries else None


def _grades(parent: Any) -> list[tuple[str, float, float]]:
    """The notebook's grades, from the preprocessor that is asking; its gradebook is open then."""
    try:
        notebook = parent.gradebook.find_submission_notebook(
            parent.notebook_id, parent.assignment_id, parent.student_id
        )
    except AttributeError:
        raise GraderError(
            Text(
                "the late policy needs nbgrader's AssignLatePenalties as its caller",
                "遅延ポリシーは nbgrader の AssignLatePenalties から呼び出す必要があります",
            )
        ) from None
    return [(grade.name, grade.score, grade.max_score) for grade in notebook.grades]


def _exact(numbers: Iterable[float]) -> Fraction:
    """Their sum as the decimal number that was meant: three thirds are 1 again."""
    return Fraction(str(round(math.fsum(numbers), 9)))
