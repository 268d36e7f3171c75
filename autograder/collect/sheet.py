"""The cells of an Excel sheet (.xlsx) as text, as Excel shows them: openpyxl reads it, where there is one."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from datetime import date, datetime
from typing import Any

from ..errors import UsageError
from ..i18n import Text
from .members import BROKEN

MARK = b"PK\x03\x04"  # a zip, which an .xlsx is
OLD_MARK = b"\xd0\xcf\x11\xe0"  # an .xls, and a workbook with a password
MAX_XML = 64 * 2**20
MAX_COLUMNS = 256
MAX_ROWS = 100_000


def read_sheet(data: bytes, where: str) -> list[list[str]]:
    """The rows of the first sheet that holds anything; empty cells are ``""``.

    Raises
    ------
    UsageError
        The bytes are no workbook, or openpyxl is not there.
    """
    try:
        from openpyxl import load_workbook
    except ModuleNotFoundError:
        raise UsageError(_NEEDS.format(where=where)) from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAX_XML:
                raise ValueError("it is too large")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            shown = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            written = load_workbook(io.BytesIO(data), read_only=True)
            for sheet in shown.worksheets:
                sheet.reset_dimensions()
                rows = _rows(sheet)
                if any(any(row) for row in rows):
                    formulas = written[sheet.title]
                    formulas.reset_dimensions()
                    return _with_formulas(rows, _rows(formulas))
        raise ValueError("it has no sheet with cells")
    except (*BROKEN, KeyError, IndexError, TypeError, AttributeError, SyntaxError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise UsageError(_UNREADABLE.format(where=where, reason=reason)) from None


def _rows(sheet: Any) -> list[list[str]]:
    rows: list[list[str]] = []
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, max_row=MAX_ROWS)):
        rows += [[] for _ in range(number - len(rows))]
        rows.append([_text(cell) for cell in cells])
        while rows[-1] and not rows[-1][-1]:
            rows[-1].pop()
    return rows


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    # Excel shows 12345 as 0012345 where the format is 0000000.
    digits = re.fullmatch(r"0+", cell.number_format or "") if isinstance(value, int) else None
    return f"{value:0{len(digits[0])}d}" if digits else str(value)


def _with_formulas(rows: list[list[str]], formulas: list[list[str]]) -> list[list[str]]:
    """Where no program has computed a cell yet, ``="0012345"`` says what it is."""
    for row, written in zip(rows, formulas, strict=False):
        row += [""] * (len(written) - len(row))
        for i, text in enumerate(written):
            row[i] = row[i] or text
    return rows


_NEEDS = Text(
    "{where}: an Excel workbook is read by openpyxl, which is not installed: pip install openpyxl. "
    "Or save the list as CSV (UTF-8).",
    "{where}: Excel ブックの読み込みには openpyxl が必要です: pip install openpyxl。"
    "CSV（UTF-8）で保存し直しても使えます。",
)
_UNREADABLE = Text(
    "{where}: not a readable Excel workbook ({reason}). Open it in Excel and save it as .xlsx.",
    "{where}: Excel ブックとして読めません（{reason}）。Excel で開き、.xlsx 形式で保存し直してください。",
)
