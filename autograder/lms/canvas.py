"""``canvas-csv``: fill in the gradebook that Canvas exported (Grades > Export).

Canvas finds columns by position and by the assignment's number in the title, students by ID,
SIS user ID, SIS login ID, and last by name. A title that it does not know becomes a *new*
assignment, so this format never invents one. The file has no column for comments.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..errors import UsageError
from ..i18n import Text
from .export import Format, Rendered, Request, listed
from .fill import Target, fill, whose
from .match import Entry, match
from .numbers import read_number
from .readback import Malformed, canvas_reads, period
from .rows import GradeRow
from .sheet import Sheet, read_sheet

_IDS = {"ID": "canvas", "SIS User ID": "sis", "SIS Login ID": "username"}
_INFO = {*_IDS, "Student", "LastName", "FirstName", "Section", "Integration ID", "Root Account"}
_KEEP = {
    "ex": Text("Excused in Canvas, left so", "Canvas で免除（EX）のため、そのままにします"),
    "n/a": Text("Not assigned in Canvas, left so", "Canvas で割り当てられていないため、そのままにします"),
}


def render(rows: Sequence[GradeRow], request: Request) -> Rendered:
    """The exported gradebook with the points of the chosen columns."""
    template = request.the_template()
    sheet = read_sheet(template.data, template.name)
    header = _header(sheet)
    limits = next((r for r in sheet.rows if r and "Points Possible" in r[0]), ())
    targets = [_target(sheet, header, limits, column, request) for column in request.columns]
    matched = match(rows, _students(sheet, header), request)
    filled = fill(sheet, matched, targets, request, keep=_KEEP)
    data = sheet.write(filled.cells, whose(matched))
    _prove(sheet, filled.cells, data)
    return Rendered({template.name: data}, filled.changes, filled.notes, filled.unchanged)


def _header(sheet: Sheet) -> dict[str, int]:
    header = sheet.rows[0]
    first = header[0] if header else ""
    if not ("Student" in first or "LastName" in first) or "ID" not in header or "Section" not in header:
        raise UsageError(
            Text(
                f"{sheet.name}: not a gradebook of Canvas: the first line must be Student,ID,...,Section,... "
                "Export it in Canvas: Grades > Export.",
                f"{sheet.name}: Canvas の成績表ではありません。1 行目が Student,ID,...,Section,... のファイルを "
                "Canvas の［成績］-［エクスポート］で取得してください。",
            )
        )
    if sheet.encoding != "utf-8":
        raise UsageError(
            Text(
                f"{sheet.name}: Canvas reads UTF-8 only, and this file is not. Use it as it was downloaded.",
                f"{sheet.name}: Canvas が読めるのは UTF-8 だけです。ダウンロードしたままのファイルを使ってください。",
            )
        )
    return {title: i for i, title in reversed(list(enumerate(header)))}


def _students(sheet: Sheet, header: dict[str, int]) -> list[Entry]:
    entries = []
    for number, row in enumerate(sheet.rows):
        if number == 0 or not any(cell.strip() for cell in row) or "Points Possible" in row[0]:
            continue
        if all(re.fullmatch(r"\s*(Muted|Manual Posting.*)?\s*", cell, re.IGNORECASE) for cell in row):
            continue
        ids = {kind: text for title, kind in _IDS.items() if (text := _cell(sheet, number, header, title))}
        if "@" in ids.get("username", ""):
            ids["email"] = ids["username"]
        if row[0].strip() in ("Student, Test", "Test Student"):
            continue
        entries.append(Entry(number, sheet.where(number), ids, row[0]))
    return entries


def _cell(sheet: Sheet, row: int, header: dict[str, int], title: str) -> str:
    return sheet.cell(row, header[title]).strip() if title in header else ""


def _target(sheet: Sheet, header: dict[str, int], limits: Sequence[str], column: str, request: Request) -> Target:
    title = choose(sheet, [t for t in sheet.rows[0] if _is_assignment(t)], column, request, r"\((\d+)\)$")
    place = header[title]
    limit = limits[place] if place < len(limits) else ""
    if "read only" in limit:
        raise UsageError(
            Text(
                f"{sheet.name}: Canvas does not let {title!r} be changed (read only).",
                f"{sheet.name}: {title!r} は Canvas で変更できない列です（read only）。",
            )
        )
    maximum = read_number(limit)
    if maximum is None or not maximum:
        raise UsageError(
            Text(
                f"{sheet.name}: 'Points Possible' of {title!r} is {limit!r}, not a number of points.",
                f"{sheet.name}: {title!r} の「Points Possible」が配点の数値ではありません（{limit!r}）。",
            )
        )
    return Target(column, title, place, maximum)


def _is_assignment(title: str) -> bool:
    return title not in _INFO and re.search(r"\(\d+\)$", title) is not None


def choose(sheet: Sheet, titles: Sequence[str], column: str, request: Request, number: str) -> str:
    """The title of a column: by its whole text, its number, its text without that, or the only one there is.

    Parameters
    ----------
    number
        Pattern of the number that the LMS puts at a title's end.
    """
    wanted = request.names.get(column)
    if wanted is None:
        found = list(titles) if len(titles) == 1 and len(request.columns) == 1 else []
    else:
        found = [t for t in titles if t == wanted]
        found = found or [t for t in titles if (m := re.search(number, t)) and m[1] == wanted]
        found = found or [t for t in titles if re.sub(number, "", t).strip() == wanted]
    if len(found) == 1:
        return found[0]
    said = f"{wanted!r}" if wanted else f"for {column!r}"
    known = listed([repr(t) for t in titles], 8) or "-"
    raise UsageError(
        Text(
            f"{sheet.name}: {'no' if not found else 'more than one'} column {said}. It has: {known}. "
            f"Write one under 'lms:' in course.yaml, or give --column '{column}=TITLE'.",
            f"{sheet.name}: {column} に当たる列が{'ありません' if not found else '複数あります'}"
            f"（{wanted or '指定なし'}）。あるのは次の列です: {known}。"
            f"course.yaml の lms: に書くか、--column '{column}=列名' で指定してください。",
        )
    )


def _prove(sheet: Sheet, cells: dict[tuple[int, int], str] | object, data: bytes) -> None:
    """Refuse a file that Canvas would cut into other cells than we do."""
    assert isinstance(cells, dict)
    expected = [
        (number, [period(cells.get((number, i), cell)) for i, cell in enumerate(row)])
        for number, row in enumerate(sheet.rows)
        if row != ("",) and not re.fullmatch("[;, ]+", sheet.delimiter.join(row))
    ]
    try:
        read = canvas_reads(data.decode("utf-8-sig"))
    except Malformed:
        read = []
    for i, (number, row) in enumerate(expected):
        if i >= len(read) or read[i] != row:
            raise UsageError(
                Text(
                    f"{sheet.where(number)}: Canvas would cut this line into other cells "
                    "(a quote, a line break or a semicolon in a name). Correct that name in the file.",
                    f"{sheet.where(number)}: Canvas はこの行を別のセルに区切ってしまいます"
                    "（氏名に引用符、改行、セミコロンがあるためです）。ファイル内のその氏名を直してください。",
                )
            )


FORMAT = Format(
    render,
    template=Text("The CSV of Grades > Export.", "［成績］-［エクスポート］の CSV。"),
    platform="canvas",
    many=True,
)
