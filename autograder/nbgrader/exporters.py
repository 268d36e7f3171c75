"""``nbgrader export`` without its mistakes: quoted cells, and no score that nobody gave.

The stock exporter writes rows with ``str.format``, so a name with a comma shifts the columns;
it gives 0.0 to whoever handed in nothing, and counts a cell that nobody has graded as 0. Here
those are empty cells, and the column ``status`` says why.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

from ..files import atomic
from ..report.grades_csv import text_cell
from ..text.clean import clean_line

COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
    "status",
    "ungraded_cells",
)


class CsvExporter(ExportPlugin):  # type: ignore[misc]
    """``nbgrader export --exporter=autograder.nbgrader.exporters.CsvExporter [--to grades.csv]``.

    The stock columns, then ``status`` and ``ungraded_cells``. Statuses:

    ``graded``
        Every cell has a score.
    ``review``
        The same, but a person graded a cell before the last autograding: nbgrader asks for a look.
    ``partial``
        Some cells have no score yet. ``raw_score`` holds what there is; ``score`` is empty.
    ``ungraded``
        No cell has a score: it was not graded yet, or the grader failed. No score.
    ``missing``
        Nothing was handed in. No score.
    """

    def export(self, gradebook: Gradebook) -> None:
        """Write the table; see the class."""
        path = Path(self.to or "grades.csv")
        self.log.info("Exporting grades to %s", path)
        with atomic(path) as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            for assignment in gradebook.assignments:
                if not assignment.notebooks:
                    self.log.info("Skipped %s: not generated yet", assignment.name)
                elif _wanted(assignment.name, self.assignment):
                    for student in gradebook.students:
                        if _wanted(student.id, self.student):
                            writer.writerow(_row(gradebook, assignment, student))


def status_of(grades: Sequence[Any]) -> tuple[str, int]:
    """The status of a submission with these grades (`nbgrader.api.Grade`), and how many have no score."""
    ungraded = sum(not has_score(grade) for grade in grades)
    if ungraded:
        return ("ungraded" if ungraded == len(grades) else "partial"), ungraded
    return ("review" if any(grade.needs_manual_grade for grade in grades) else "graded"), 0


def has_score(grade: Any) -> bool:
    """Whether the autograder or a person gave a score; nbgrader itself reports 0.0 where nobody did."""
    return grade.auto_score is not None or grade.manual_score is not None


def _row(gradebook: Gradebook, assignment: Any, student: Any) -> list[str]:
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:
        submission = None
    who = [student.id, student.last_name, student.first_name, student.email]
    return [
        text_cell(assignment.name),
        _shown(assignment.duedate),
        _shown(submission.timestamp if submission else None),
        *(text_cell(_shown(text)) for text in who),
        *_scores(submission, assignment.max_score),
    ]


def _scores(submission: Any, maximum: float) -> list[str]:
    """raw_score, late_submission_penalty, score, max_score, status, ungraded_cells."""
    if submission is None:
        return ["", "", "", _number(maximum), "missing", ""]
    status, ungraded = status_of([grade for notebook in submission.notebooks for grade in notebook.grades])
    if status == "ungraded":
        return ["", "", "", _number(maximum), status, str(ungraded)]
    raw, penalty = submission.score, submission.late_submission_penalty or 0.0
    score = "" if status == "partial" else _number(max(0.0, raw - penalty))
    return [_number(raw), _number(penalty), score, _number(maximum), status, str(ungraded)]


def _wanted(name: str, only: Sequence[Any]) -> bool:
    """`only` comes from the command line, where traitlets makes numbers of ids that look like one."""
    return not only or name in map(str, only)


def _shown(value: Any) -> str:
    return "" if value is None else clean_line(str(value))


def _number(value: float) -> str:
    """Four decimals at most; a sum of floats such as 0.30000000000000004 is no number for people."""
    return f"{value:.4f}".rstrip("0").rstrip(".")
