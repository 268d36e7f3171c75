"""Which assignments the course becomes: one a unit, or one with everything; each report is its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ..course.exercise import Exercise
from ..course.load import LoadedCourse, Unit
from ..i18n import Lang
from .late import first_due
from .rubric import Report, reports_of
from .source import Notebook, exercise_notebook, report_notebook

Layout = Literal["units", "one"]
ALL = "exercises"


@dataclass(frozen=True)
class Assignment:
    """One assignment with one notebook, both of the name `id`.

    Attributes
    ----------
    due
        When its first exercise is due, aware; None where the course does not say.
    exercises
        Ids of the exercises in it that are graded automatically.
    """

    id: str
    notebook: Notebook
    exercises: tuple[str, ...]
    due: datetime | None = None


def assignments_of(
    course: LoadedCourse, exercises: Mapping[str, Exercise], lang: Lang, layout: Layout
) -> list[Assignment]:
    """Every assignment, in the order of the course.

    Raises
    ------
    ContentError, ConfigError
        An exercise cannot be published, or a report is not complete.
    """
    units = [unit for unit in course.config.units if unit.exercises]
    made = (
        [_of_units(course, ALL, units, exercises, lang)]
        if layout == "one"
        else [_of_units(course, unit.id, [unit], exercises, lang) for unit in units]
    )
    return [*made, *(_of_report(report, lang) for report in reports_of(course))]


def _of_units(
    course: LoadedCourse, name: str, units: list[Unit], exercises: Mapping[str, Exercise], lang: Lang
) -> Assignment:
    ids = tuple(entry.id for unit in units for entry in unit.exercises)
    notebook = exercise_notebook(course, name, units, exercises, lang)
    return Assignment(name, notebook, ids, first_due(course, ids))


def _of_report(report: Report, lang: Lang) -> Assignment:
    return Assignment(report.id, report_notebook(report, lang), ())
