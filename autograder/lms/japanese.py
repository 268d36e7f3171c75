"""Where the grading sheets of WebClass and manaba have a student's id and points.

Neither product documents its columns, and universities rename them, so a sheet is recognised
by the titles that are known, wherever its header is, and each column can be named instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..collect.table import normal
from ..errors import UsageError
from ..i18n import Text
from .export import Option, Request, listed
from .match import Entry
from .numbers import read_number

_USER = (
    "ユーザid",
    "ユーザーid",
    "ユーザ名",
    "ユーザー名",
    "userid",
    "user id",
    "user",
    "id",
    "ログインid",
    "login id",
)
_NUMBER = ("学籍番号", "学生番号", "学生証番号", "student number", "student id")
_NAME = ("氏名", "名前", "name", "full name", "ユーザ氏名")
_SCORE = ("得点", "点数", "合計点", "採点", "評点", "成績", "score", "point", "points", "grade", "total")
_MAXIMUM = ("配点", "満点", "max score", "maximum", "full marks")
_ROLE, _STUDENT = ("ロール",), "履修生"
_END = "#end"  # nothing below it is a student's, in manaba's sheets
_TOP = 30  # lines in which a header is looked for

OPTIONS = (
    Option("key-column", "Title of the column with the student's id, where it is not recognised."),
    Option("score-column", "Title of the column that gets the points, where it is not recognised."),
)


@dataclass(frozen=True)
class Layout:
    """Number of the header row, and where it has what."""

    header: int
    ids: dict[str, int]
    score: int
    name: int | None
    role: int | None
    maximum: int | None

    def title(self, rows: Sequence[Sequence[str]]) -> str:
        return rows[self.header][self.score]


def find_layout(rows: Sequence[Sequence[str]], name: str, request: Request, lms: str) -> Layout:
    """Find header and columns. manaba's titles begin with ``#``.

    Parameters
    ----------
    lms
        The kind of id that the column of user ids holds, besides a username.

    Raises
    ------
    UsageError
        No line has an id and a score column; the titles that there are, are listed.
    """
    key, score = request.options.get("key_column", ""), request.options.get("score_column", "")
    for number, row in enumerate(rows[:_TOP]):
        titles = [normal(cell).removeprefix("#").strip() for cell in row]
        found = _first(titles, (normal(score),) if score else _SCORE)
        if key:
            place = _first(titles, (normal(key),))
            ids = {"student": place} if place is not None else {}
        else:
            user = _first(titles, _USER)
            places = {"student": _first(titles, _NUMBER), lms: user, "username": user}
            ids = {kind: place for kind, place in places.items() if place is not None}
        if ids and found is not None:
            return Layout(
                number,
                ids,
                found,
                _first(titles, _NAME),
                _first(titles, _ROLE) if lms == "manaba" else None,
                _first(titles, _MAXIMUM),
            )
    first = next((row for row in rows if sum(map(bool, row)) > 1), ())
    raise UsageError(
        Text(
            f"{name}: no line names both a student's id and the points. It has: {listed([c for c in first if c])}. "
            "Name the columns: --key-column TITLE --score-column TITLE",
            f"{name}: 学生の ID と得点の両方の見出しを持つ行がありません。あるのは次の列です: "
            f"{listed([c for c in first if c])}。--key-column 見出し --score-column 見出し で指定してください。",
        )
    )


def entries(rows: Sequence[Sequence[str]], layout: Layout, where: Sequence[str]) -> list[Entry]:
    """The students below the header; a line without any id, or with another role, is nobody's."""
    found = []
    for number in range(layout.header + 1, len(rows)):
        row = rows[number]
        if row and row[0].strip().casefold() == _END:
            break
        if layout.role is not None and "".join(row[layout.role : layout.role + 1]).strip() not in ("", _STUDENT):
            continue
        ids = {kind: row[c].strip() for kind, c in layout.ids.items() if c < len(row) and row[c].strip()}
        if ids:
            name = row[layout.name] if layout.name is not None and layout.name < len(row) else None
            found.append(Entry(number, where[number], ids, name))
    return found


def maximum(rows: Sequence[Sequence[str]], layout: Layout, request: Request) -> Fraction | None:
    """Most points: what a column of the sheet says for all, else ``--maximum``."""
    if layout.maximum is not None:
        place = layout.maximum
        found = {row[place].strip() for row in rows[layout.header + 1 :] if place < len(row)} - {""}
        if len(found) == 1:
            number = read_number(found.pop())
            if number:
                return number
    return request.maximum


def _first(titles: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((titles.index(title) for title in wanted if title in titles), None)
