"""nbgrader's gradebook, as far as the grading needs it.

The same database as `nbgrader.api.Gradebook` has, through the same API; a failure of ours must
never look like a score in it.
"""

from __future__ import annotations

from typing import Any

from nbgrader.api import BaseCell, Gradebook, MissingEntry
from sqlalchemy import select

from .released import MasterCell, master_cells


def released_cells(db_url: str, assignment: str) -> dict[str, tuple[MasterCell, ...]]:
    """The released cells of an assignment by notebook.

    Raises
    ------
    MissingEntry
        ``nbgrader generate_assignment`` has not made the assignment.
    """
    with Gradebook(db_url) as book:
        return {nb.name: master_cells(nb) for nb in book.find_assignment(assignment).notebooks}


def forget_scores(db_url: str, assignment: str, student: str) -> None:
    """Leave the tests of a submission without a score, whatever an earlier run gave.

    nbgrader shows such cells as waiting for a person, and no exporter of ours writes them as 0.
    """
    with Gradebook(db_url) as book:
        try:
            submission = book.find_submission(assignment, student)
        except MissingEntry:
            return
        for notebook in submission.notebooks:
            tests = {cell.grade_id for cell in master_cells(notebook.notebook) if cell.is_test}
            for grade in notebook.grades:
                if grade.name in tests:
                    set_auto_score(grade, None)
        book.db.commit()


def set_auto_score(grade: Any, score: float | None) -> None:
    """Give a grade the score of the tests (None: no score), by nbgrader's own rule for what a person must see."""
    grade.auto_score = score
    grade.needs_manual_grade = grade.manual_score is not None or score is None


def all_released_cells(db_url: str) -> dict[str, dict[str, tuple[MasterCell, ...]]]:
    """The released cells by assignment and notebook, for every assignment that was generated."""
    with Gradebook(db_url) as book:
        return {a.name: {nb.name: master_cells(nb) for nb in a.notebooks} for a in book.assignments}


class RowsOfNotebook:
    """What nbgrader's SaveAutoGrades asks a gradebook for, read at once; its commits are left to the caller."""

    def __init__(self, book: Any, notebook: str, assignment: str, student: str) -> None:
        found = book.find_submission_notebook(notebook, assignment, student)
        names = dict(
            book.db.execute(select(BaseCell.id, BaseCell.name).where(BaseCell.notebook_id == found.notebook_id)).all()
        )
        self._grades = {names[grade.cell_id]: grade for grade in found.grades}
        self._comments = {names[comment.cell_id]: comment for comment in found.comments}
        self.db = self

    def find_grade(self, cell: str, *_: str) -> Any:
        """The grade of a cell of this notebook."""
        return self._grades[cell]

    def find_comment(self, cell: str, *_: str) -> Any:
        """The comment on a cell of this notebook."""
        return self._comments[cell]

    def commit(self) -> None:
        """Nothing yet."""
