"""Source notebooks: the cells of a unit with what nbgrader must know of each (metadata version 3).

An exercise has one solution cell, which carries the reference between the markers that nbgrader
strips, and one locked test cell for each group of its tests. Points are the exercise's points in
the course times the group's share. The test cell shows what it grades; the one line between the
markers of hidden tests finds the suite, so nothing of a suite is ever in a notebook.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from ..author.notebooks.cells import Cell, unit_cells
from ..author.stub import make_stub
from ..course.exercise import Exercise
from ..course.load import LoadedCourse, Unit
from ..i18n import Lang, Text
from ..report.formatting import plain
from .rubric import Report, Row
from .where import cell_id

Notebook = dict[str, Any]
SCHEMA_VERSION = 3

_TEST_CELL = Text(
    """\
# Graded: {exercise}, "{group}" ({points} points)
# The tests run after you hand in. There is nothing to write in this cell.
### BEGIN HIDDEN TESTS
from autograder.nbgrader.cell import score

score("{exercise}", "{name}")
### END HIDDEN TESTS""",
    """\
# 採点対象: {exercise}「{group}」（{points} 点）
# テストは提出後の採点時に実行されます。このセルには何も書かないでください。
### BEGIN HIDDEN TESTS
from autograder.nbgrader.cell import score

score("{exercise}", "{name}")
### END HIDDEN TESTS""",
)
_LEVEL = Text("- **{points}**: {text}", "- **{points} 点**: {text}")  # nbgrader's pages draw a table without lines
_ROW = Text("## {title} ({points} points)\n\n{task}\n\n{levels}", "## {title}（{points} 点）\n\n{task}\n\n{levels}")


def exercise_notebook(
    course: LoadedCourse, name: str, units: Sequence[Unit], exercises: Mapping[str, Exercise], lang: Lang
) -> Notebook:
    """The notebook with all exercises of some units.

    Raises
    ------
    ContentError
        A reference has code outside its solution regions, which nbgrader would publish.
    """
    made: list[Notebook] = []
    for number, unit in enumerate(units):
        cells = unit_cells(course, unit, exercises, lang)
        for cell, following in zip(cells, [*cells[1:], None], strict=True):
            if cell.role == "setup" and number > 0:
                continue
            made.append(_exercise_cell(cell, made, exercises))
            last = following is None or following.exercise != cell.exercise
            if last and cell.exercise is not None and cell.exercise in exercises:
                made += _test_cells(course, exercises[cell.exercise], lang)
    return _notebook(name, made, lang)


def report_notebook(report: Report, lang: Lang) -> Notebook:
    """The notebook of a report: each row of the rubric is followed by a cell for the answer."""
    made = [_locked(report.task(lang), cell_id(report.id, "statement"))]
    for row in report.config.rows:
        made.append(_locked(_row_text(row, lang), cell_id(report.id, f"{row.id}-task")))
        example = row.example.text.get(lang) if row.example else ""
        made.append(
            _cell("markdown", example, _meta(cell_id(report.id, row.id), grade=True, solution=True, points=row.points))
        )
    return _notebook(report.id, made, lang)


def dumps(notebook: Notebook) -> str:
    """The notebook as nbformat writes it."""
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _exercise_cell(cell: Cell, before: Sequence[Notebook], exercises: Mapping[str, Exercise]) -> Notebook:
    if cell.role == "solution" and cell.exercise:
        exercise = exercises[cell.exercise]
        make_stub(exercise.reference, exercise.config.functions)  # raises where something would be published
        return _cell("code", cell.source, _meta(cell.exercise, solution=True))
    if cell.role == "statement" and cell.exercise:
        name = cell_id(cell.exercise, "statement")
        taken = sum(c["metadata"].get("nbgrader", {}).get("grade_id", "").startswith(name) for c in before)
        return _locked(cell.source, f"{name}_{taken + 1}" if taken else name)
    return _cell(cell.kind, cell.source)


def _test_cells(course: LoadedCourse, exercise: Exercise, lang: Lang) -> Iterator[Notebook]:
    points = Fraction(str(course.entry(exercise.id).points))
    for name, group in exercise.config.groups.items():
        share = points * exercise.weight(name, 1)
        text = _TEST_CELL.get(lang).format(
            exercise=exercise.id, group=group.title.text.get(lang), points=plain(share), name=name
        )
        yield _cell("code", text, _meta(cell_id(exercise.id, name), grade=True, locked=True, points=float(share)))


def _row_text(row: Row, lang: Lang) -> str:
    levels = [_LEVEL.get(lang).format(points=f"{v.points:g}", text=v.text.text.get(lang)) for v in row.levels]
    return _ROW.get(lang).format(
        title=row.title.text.get(lang),
        points=f"{row.points:g}",
        task=row.task.text.get(lang).strip(),
        levels="\n".join(levels),
    )


def _locked(source: str, grade_id: str) -> Notebook:
    return _cell("markdown", source, _meta(grade_id, locked=True))


def _meta(
    grade_id: str, *, grade: bool = False, locked: bool = False, solution: bool = False, points: float | None = None
) -> dict[str, Any]:
    """``metadata.nbgrader`` of version 3; its schema allows no other key."""
    known = {"grade": grade, "grade_id": grade_id, "locked": locked, "solution": solution, "task": False}
    return {"schema_version": SCHEMA_VERSION, **known, **({} if points is None else {"points": points})}


def _cell(kind: str, source: str, nbgrader: dict[str, Any] | None = None) -> Notebook:
    cell: Notebook = {
        "cell_type": kind,
        "metadata": {"nbgrader": nbgrader} if nbgrader else {},
        "source": source.splitlines(keepends=True),
    }
    return cell | {"execution_count": None, "outputs": []} if kind == "code" else cell


def _notebook(name: str, cells: list[Notebook], lang: Lang) -> Notebook:
    for number, cell in enumerate(cells):
        own = cell["metadata"].get("nbgrader", {}).get("grade_id") or f"{name}-{number}"
        cell["id"] = own if len(own) <= 64 else hashlib.sha256(own.encode()).hexdigest()[:32]
    return {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "autograder": {"lang": lang},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
