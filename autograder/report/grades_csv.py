"""``grades.csv``: a row a student, for a spreadsheet.

UTF-8 without a byte order mark, since ``csv.DictReader`` would read a mark as part of the
first column's name. A spreadsheet runs a cell that begins like a formula, so such a *text* is
prefixed with an apostrophe; numbers are never touched. Files for an LMS are made by
``autograder export``, not by hand from this one.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ..files import atomic
from ..model import SubmissionResult
from ..text.clean import clean_line
from .formatting import plain, row_status

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@contextmanager
def grades_csv(path: Path, exercises: Sequence[str]) -> Iterator[Callable[[SubmissionResult], None]]:
    """Yields a function that adds one student; the file appears when the block ends.

    Parameters
    ----------
    exercises
        Ids, a column each. A cell is empty where there is no score: the grader failed, or the
        exercise was not graded. Work that was not handed in is 0; work that was handed in and not
        understood has no score, and then there is no total.
    """
    with atomic(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["student", *map(text_cell, exercises), "total", "status"])

        def add(result: SubmissionResult) -> None:
            scores = {e.id: e.score for e in result.exercises}
            cells = [plain(score) if (score := scores.get(i)) is not None else "" for i in exercises]
            total = "" if any(e.not_understood for e in result.exercises) else plain(result.score)
            writer.writerow([text_cell(clean_line(result.student)), *cells, total, row_status(result)])

        yield add


def text_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(_FORMULA) else text
