"""The cells of an Excel sheet (.xlsx) as text: as much as reading a class list takes, and no more.

An .xlsx is a zip of XML. Formulas, styles and further sheets do not matter here. A cell's
number stays as it is written; whoever knows that a column holds times calls `moment`.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime, timedelta, tzinfo
from xml.etree import ElementTree

from ..errors import UsageError
from ..i18n import Text
from .members import BROKEN

MAX_XML = 64 * 2**20
MAX_COLUMNS = 16384
_EPOCH = datetime(1899, 12, 30)  # so that Excel's day 60, which never was, does no harm after March 1900


def read_sheet(data: bytes, where: str) -> list[list[str]]:
    """The rows of the first sheet; empty cells are ``""``.

    Raises
    ------
    UsageError
        The bytes are no workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            sheets = sorted(n for n in names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n))
            if not sheets:
                raise ValueError("it has no sheet")
            first = min(sheets, key=lambda n: int(re.sub(r"\D", "", n)))
            shared = _shared(_xml(archive, "xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in names else []
            return _rows(_xml(archive, first), shared)
    except (*BROKEN, ElementTree.ParseError, KeyError, IndexError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise UsageError(
            Text(
                f"{where}: not a readable Excel workbook ({reason}). Open it in Excel and save it as .xlsx.",
                f"{where}: Excel ブックとして読めません（{reason}）。Excel で開き、.xlsx 形式で保存し直してください。",
            )
        ) from None


def moment(text: str, tz: tzinfo) -> datetime | None:
    """A time in a cell: ``2026/11/20 17:30``, ISO 8601, or Excel's count of days since 1900."""
    text = text.strip().replace("/", "-")
    try:
        if re.fullmatch(r"\d{4,6}(\.\d+)?", text):
            return (_EPOCH + timedelta(seconds=round(float(text) * 86400))).replace(tzinfo=tz)
        padded = re.sub(r"(?<!\d)(\d)(?!\d)", r"0\1", text)  # 2026-5-1 9:05
        time = datetime.fromisoformat(padded)
    except (ValueError, OverflowError):
        return None
    return time if time.tzinfo else time.replace(tzinfo=tz)


def _xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    with archive.open(name) as file:
        data = file.read(MAX_XML + 1)
    if len(data) > MAX_XML or b"<!DOCTYPE" in data[:1024]:
        raise ValueError(f"{name} is too large or declares a document type")
    return ElementTree.fromstring(data)


def _shared(root: ElementTree.Element) -> list[str]:
    return [_text(item) for item in root]


def _rows(root: ElementTree.Element, shared: list[str]) -> list[list[str]]:
    rows = []
    for row in root.iter(_tag(root, "row")):
        cells: dict[int, str] = {}
        for cell in row:
            column = _column(cell.get("r") or "", len(cells))
            if column < MAX_COLUMNS:
                cells[column] = _value(cell, shared)
        rows.append([cells.get(i, "") for i in range(max(cells, default=-1) + 1)])
    return rows


def _value(cell: ElementTree.Element, shared: list[str]) -> str:
    kind = cell.get("t")
    if kind == "inlineStr":
        return _text(cell)
    text = next((child.text or "" for child in cell if child.tag.endswith("}v")), "")
    return shared[int(text)] if kind == "s" and text else text


def _text(element: ElementTree.Element) -> str:
    """All text in an item, without the furigana that Excel keeps beside Japanese words."""
    parts = []
    for child in element:
        if child.tag.endswith("}t"):
            parts.append(child.text or "")
        elif not child.tag.endswith("}rPh"):
            parts.append(_text(child))
    return "".join(parts)


def _column(reference: str, default: int) -> int:
    """``AB12`` -> 27."""
    letters = re.match(r"[A-Z]+", reference)
    if letters is None:
        return default
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _tag(root: ElementTree.Element, name: str) -> str:
    return root.tag[: root.tag.index("}") + 1] + name if "}" in root.tag else name
