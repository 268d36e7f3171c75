"""The feedback of one exercise alone, for an assignment that is that exercise."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from ...gradebook import CourseInfo
from ...report.studentview import student_view
from ..comment import comment
from ..rows import TOTAL, GradeRow


def narrowed(rows: Iterable[GradeRow], course: CourseInfo, column: str) -> list[GradeRow]:
    """The rows with feedback on nothing but `column`; as they are for the total."""
    return [_narrowed(row, course, column) for row in rows]


def _narrowed(row: GradeRow, course: CourseInfo, column: str) -> GradeRow:
    if column == TOTAL or row.result is None:
        return row
    exercises = tuple(e for e in row.result.exercises if e.id == column)
    if not exercises:
        return row
    view = student_view(dataclasses.replace(row.result, exercises=exercises), course)
    return dataclasses.replace(row, feedback=comment(view))
