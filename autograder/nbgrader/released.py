"""The cells of an assignment as the instructor released them: what nbgrader's database remembers.

A submission says what the student wrote, never which cells there are, what they are worth or
whether they are tests. All of that comes from here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .where import exercise_of

SCHEMA_VERSION = 3


@dataclass(frozen=True)
class MasterCell:
    """One cell with a ``grade_id``.

    Attributes
    ----------
    points
        What it is worth; None for a cell that is not graded.
    solution
        The student writes in it. With `points` it is graded by hand.
    checksum
        nbgrader's, of the cell as released; None where it has none.
    """

    grade_id: str
    cell_type: str
    source: str
    locked: bool
    checksum: str | None
    points: float | None = None
    solution: bool = False
    task: bool = False

    @property
    def is_test(self) -> bool:
        """Whether its score comes from the judge."""
        return self.points is not None and self.cell_type == "code" and not self.solution and not self.task

    @property
    def exercise(self) -> str:
        """The exercise that it belongs to."""
        return exercise_of(self.grade_id)

    @property
    def group(self) -> str:
        """The group of tests that it stands for; empty where its id names none."""
        return self.grade_id.partition("__")[2]

    def metadata(self) -> dict[str, Any]:
        """``metadata.nbgrader``, complete and of nbgrader's current schema."""
        meta: dict[str, Any] = {
            "schema_version": SCHEMA_VERSION,
            "grade": self.points is not None and not self.task,
            "grade_id": self.grade_id,
            "locked": self.locked,
            "solution": self.solution,
            "task": self.task,
            "cell_type": self.cell_type,
        }
        if self.points is not None:
            meta["points"] = self.points
        if self.checksum is not None:
            meta["checksum"] = self.checksum
        return meta


def master_cells(notebook: Any) -> tuple[MasterCell, ...]:
    """The cells of an ``nbgrader.api.Notebook``, in their order."""
    graded = {cell.name: float(cell.max_score) for cell in (*notebook.grade_cells, *notebook.task_cells)}
    solutions = {cell.name for cell in notebook.solution_cells}
    tasks = {cell.name for cell in notebook.task_cells}
    return tuple(
        MasterCell(
            cell.name,
            cell.cell_type,
            cell.source or "",
            bool(cell.locked),
            cell.checksum,
            graded.get(cell.name),
            cell.name in solutions,
            cell.name in tasks,
        )
        for cell in notebook.source_cells
    )


def tested_exercises(cells: Iterable[MasterCell]) -> list[str]:
    """The exercises that the judge grades, each once and in order."""
    return list(dict.fromkeys(cell.exercise for cell in cells if cell.is_test))
