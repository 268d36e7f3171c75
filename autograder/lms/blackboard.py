"""``blackboard``: fill in the file of Grade Center > Work Offline > Download.

Students are known by their username, columns by the number at the end of a title such as
``Quiz 3 [Total Pts: 10 Score] |664617``; a title without one would become a new text column.
The download is tab-separated UTF-16 called ``.xls``, or CSV.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..collect.table import normal
from ..errors import UsageError
from ..i18n import Text
from .canvas import choose
from .export import Format, Rendered, Request, listed
from .fill import Target, fill, whose
from .match import Entry, match
from .numbers import read_number
from .rows import GradeRow
from .sheet import Sheet, read_sheet

_USERNAME = ("username", "user name", "ユーザー名", "ユーザ名")
_STUDENT_ID = ("student id", "学生 id", "学生id", "学籍番号")
_NAMES = ("first name", "last name", "名", "姓")
_TITLE = re.compile(r".*\[[^\]]*?(?P<points>\d+(?:[.,]\d+)?)[^\]\d]*\]\s*\|(?P<number>\d+)\s*")


def render(rows: Sequence[GradeRow], request: Request) -> Rendered:
    """The downloaded grades with the points of the chosen columns."""
    template = request.the_template()
    sheet = read_sheet(template.data, template.name)
    header = [normal(title) for title in sheet.rows[0]]
    username = next((header.index(t) for t in _USERNAME if t in header), None)
    if username is None:
        raise UsageError(
            Text(
                f"{sheet.name}: no column 'Username'. It has: {listed(list(sheet.rows[0]), 8)}. "
                "Download it in the Grade Center: Work Offline > Download.",
                f"{sheet.name}: 「ユーザー名」の列がありません。あるのは次の列です: {listed(list(sheet.rows[0]), 8)}。"
                "成績管理の［オフラインで作業］-［ダウンロード］で取得してください。",
            )
        )
    targets = [_target(sheet, column, request) for column in request.columns]
    student_id = next((header.index(t) for t in _STUDENT_ID if t in header), None)
    names = [header.index(t) for t in _NAMES if t in header]
    entries = []
    for number, row in enumerate(sheet.rows):
        if number and any(cell.strip() for cell in row):
            user = sheet.cell(number, username).strip()
            ids = {"blackboard": user, "username": user}
            if student_id is not None:
                ids["student"] = sheet.cell(number, student_id).strip()
            ids = {kind: text for kind, text in ids.items() if text}
            name = " ".join(sheet.cell(number, c) for c in names)
            entries.append(Entry(number, sheet.where(number), ids, name))
    matched = match(rows, entries, request)
    filled = fill(sheet, matched, targets, request)
    data = sheet.write(filled.cells, whose(matched))
    return Rendered({template.name: data}, filled.changes, filled.notes, filled.unchanged)


def _target(sheet: Sheet, column: str, request: Request) -> Target:
    titles = [title for title in sheet.rows[0] if _TITLE.fullmatch(title)]
    title = choose(sheet, titles, column, request, r"\s*\[[^\]]*\]\s*\|(\d+)\s*$")
    found = _TITLE.fullmatch(title)
    assert found is not None
    return Target(column, title, sheet.rows[0].index(title), read_number(found["points"]))


FORMAT = Format(
    render,
    template=Text("The file of Work Offline > Download.", "［オフラインで作業］-［ダウンロード］のファイル。"),
    platform="blackboard",
    many=True,
)
