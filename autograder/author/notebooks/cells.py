"""The one description of a unit's notebook, from which every writer makes its own.

`unit_cells` gives the cells in reading order: title, setup, then for each exercise the
statement, the solution, the check and a plot where one teaches something, then quizzes. The
solution cell holds the *reference* with its ``### BEGIN SOLUTION`` markers, so these cells are
not yet fit for students: `write.student_notebooks` puts the stub there, and nbgrader strips
the regions itself. The order and the roles are the contract between the writers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ...course.exercise import Exercise
from ...course.load import LoadedCourse, Unit
from ...i18n import Lang
from ..markers import read_source
from .cell import Cell, Role
from .localize import choose_comments, localize, unwrap_japanese
from .quizzes import quiz_cells
from .texts import QUIZ_TITLE, SETUP, SETUP_NOTE, TITLE

__all__ = ["Cell", "Role", "exercise_cells", "plot_source", "unit_cells"]

PLOT = "plot.py"
_COMMAND = re.compile(r"`autograder (check|hint) (\w+)`")


# Cells that follow a unit's exercises: one line for each kind of content that has some.
MORE_CELLS: tuple[Callable[[LoadedCourse, Unit, Lang], list[Cell]], ...] = (quiz_cells,)


def unit_cells(course: LoadedCourse, unit: Unit, exercises: Mapping[str, Exercise], lang: Lang) -> list[Cell]:
    """The cells of one unit's notebook in one language.

    Parameters
    ----------
    exercises
        Loaded exercises by id; those of the unit that are missing here are left out.

    Raises
    ------
    ContentError
        A file of an exercise is missing or not UTF-8.
    """
    title = (TITLE if unit.exercises else QUIZ_TITLE).format(
        course=course.config.title.text.get(lang), unit=unit.title.text.get(lang)
    )
    cells = [
        Cell("markdown", _prose(title.get(lang), lang), "title"),
        Cell("markdown", _prose(SETUP_NOTE.get(lang), lang), "setup"),
        Cell("code", SETUP.get(lang).strip(), "setup"),
    ]
    for entry in unit.exercises:
        if entry.id in exercises:
            cells += exercise_cells(exercises[entry.id], lang)
    for more in MORE_CELLS:
        cells += more(course, unit, lang)
    return cells


def exercise_cells(exercise: Exercise, lang: Lang) -> list[Cell]:
    """Statement, reference, check and plot of one exercise."""
    name = exercise.id
    statement = _COMMAND.sub(r"`%\1 \2`", read_source(exercise.folder / f"statement.{lang}.md"))
    cells = [
        Cell("markdown", _prose(statement, lang), "statement", name),
        Cell("code", localize(read_source(exercise.reference), lang).strip(), "solution", name),
        Cell("code", f"%check {name}", "check", name),
    ]
    plot = exercise.folder / PLOT
    if plot.is_file():
        cells.append(Cell("code", f"%%plot {name}\n{plot_source(exercise, lang)}", "plot", name))
    return cells


def _prose(markdown: str, lang: Lang) -> str:
    text = markdown.replace("\r\n", "\n").strip()
    return unwrap_japanese(text) if lang == "ja" else text


def plot_source(exercise: Exercise, lang: Lang) -> str:
    """The code of ``plot.py`` for one language; its line for the linter is no student's business."""
    lines = read_source(exercise.folder / PLOT).replace("\r\n", "\n").splitlines()
    code = "\n".join(line for line in lines if not line.startswith("# ruff:"))
    return choose_comments(code, lang).strip()
