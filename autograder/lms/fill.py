"""The engine that fills in a downloaded file: whose cell becomes what, and nothing else.

A format finds its columns and rows; here the scores are checked, compared with what the cells
say and written. A cell that says the same number already keeps its bytes, and a student
without a score keeps the cell as it is: neither a blank nor ``-`` nor 0 is ever put there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..i18n import Text
from .export import EVERYONE, Change, Problems, Request, listed, points
from .match import Entry, Matched
from .numbers import read_number
from .rows import GradeRow
from .sheet import Sheet


@dataclass(frozen=True)
class Target:
    """A column of the file that gets a column of the gradebook.

    Attributes
    ----------
    id
        Exercise id or ``total``.
    title
        What the file calls it.
    maximum
        Most points by the file, None if it does not say.
    """

    id: str
    title: str
    column: int
    maximum: Fraction | None


@dataclass(frozen=True)
class Filled:
    """New texts of cells, by row and column."""

    cells: Mapping[tuple[int, int], str]
    changes: tuple[Change, ...]
    notes: tuple[Text, ...]
    unchanged: int


def fill(
    sheet: Sheet,
    matched: Matched,
    targets: Sequence[Target],
    request: Request,
    *,
    keep: Mapping[str, Text] | None = None,
    skip: Sequence[Entry] = (),
) -> Filled:
    """Decide which cells change.

    Parameters
    ----------
    keep
        Texts of cells (in lower case) that stay, such as Canvas's ``EX``, with the reason.
    skip
        Entries that stay as they are.

    Raises
    ------
    UsageError
        A score is out of range, or its maximum is not the file's.
    """
    problems = Problems()
    cells: dict[tuple[int, int], str] = {}
    changes: list[Change] = []
    unscored: list[str] = []
    kept: dict[str, list[str]] = {}
    unchanged = 0
    skipped = {entry.row for entry in skip}
    for row, entry in matched.pairs:
        if entry.row in skipped:
            continue
        for target in targets:
            becomes = points(row, target.id, target.maximum, request, problems)
            if becomes is None:
                unscored.append(row.student)
                continue
            was = sheet.cell(entry.row, target.column)
            if target.column >= len(sheet.rows[entry.row]):
                problems.add(
                    f"{entry.where}: the line has no column {target.title!r}; download the file again.",
                    f"{entry.where}: この行に「{target.title}」の列がありません。"
                    "ファイルをダウンロードし直してください。",
                )
            elif keep and was.strip().casefold() in keep:
                kept.setdefault(was.strip().casefold(), []).append(row.student)
            elif _equal(was, becomes):
                unchanged += 1
            else:
                cells[entry.row, target.column] = becomes
                changes.append(Change(row.student, row.name, target.title, was, becomes))
    problems.refuse()
    notes = [*matched.notes, *_no_score(unscored)]
    notes += [_kept(who, reason) for text, reason in (keep or {}).items() if (who := kept.get(text))]
    return Filled(cells, tuple(changes), tuple(notes), unchanged)


def whose(matched: Matched) -> dict[int, str]:
    """The student of each row, for `Sheet.write`."""
    return {entry.row: row.student for row, entry in matched.pairs}


def _equal(was: str, becomes: str) -> bool:
    number = read_number(was)
    # A full-width number is read as blank by some LMSs: the same value is written anew.
    return number is not None and was.isascii() and number == read_number(becomes)


def _no_score(students: Sequence[str]) -> list[Text]:
    names = list(dict.fromkeys(students))
    if not names:
        return []
    return [
        Text(
            f"Without a score, left as they are in the file ({len(names)}): {listed(names, EVERYONE)}",
            f"得点がないため元のままにする学生（{len(names)} 名）: {listed(names, EVERYONE)}",
        )
    ]


def _kept(students: Sequence[str], reason: Text) -> Text:
    return Text(f"{reason.en}: {listed(list(students), EVERYONE)}", f"{reason.ja}: {listed(list(students), EVERYONE)}")


def without_score(rows: Sequence[GradeRow], columns: Sequence[str]) -> list[str]:
    """Students who miss a score in one of these columns."""
    return [row.student for row in rows if any(row.scores.get(column) is None for column in columns)]
