"""``manaba-xlsx``: fill in the Excel grading sheet (採点シート, 成績登録シート) of manaba.

openpyxl reads the workbook and writes it again, so formulas, styles and other sheets stay as
far as it knows them; only the cells with points change. Ids must be text cells: a number
cell has lost its leading zeros already, and is used as it is shown.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..errors import UsageError, reason
from ..i18n import Text
from . import japanese
from .export import Format, Rendered, Request, maximum_to_check
from .fill import Target, fill
from .match import match
from .numbers import read_number
from .rows import GradeRow
from .sheet import Sheet

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_CORE = "docProps/core.xml"  # openpyxl writes the time of day into it


def render(rows: Sequence[GradeRow], request: Request) -> Rendered:
    """The workbook with points."""
    template = request.the_template()
    book = _open(template.data, template.name)
    page = book.worksheets[0]
    values = tuple(tuple(_shown(cell.value) for cell in row) for row in page.iter_rows())
    layout = japanese.find_layout(values, template.name, request, "manaba")
    where = [f"{template.name}:{i + 1}" for i in range(len(values))]
    matched = match(rows, japanese.entries(values, layout, where), request)
    target = Target(request.columns[0], layout.title(values), layout.score, japanese.maximum(values, layout, request))
    sheet = Sheet(template.name, values, tuple(range(1, len(values) + 1)), "utf-8", ",", b"", (), ())
    filled = fill(sheet, matched, [target], request)
    for (row, column), text in filled.cells.items():
        number = read_number(text)
        assert number is not None
        value = int(number) if number.denominator == 1 else float(number)
        page.cell(row + 1, column + 1).value = value
    notes = (*filled.notes, *([] if target.maximum is not None else maximum_to_check(rows, request)))
    return Rendered({template.name: _bytes(book, template.data)}, filled.changes, notes, filled.unchanged)


def _open(data: bytes, name: str) -> Workbook:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise UsageError(
            Text(
                "manaba-xlsx needs openpyxl: pip install -e '.[grade]'",
                "manaba-xlsx には openpyxl が必要です: pip install -e '.[grade]'",
            )
        ) from None
    try:
        return load_workbook(io.BytesIO(data))
    except Exception as error:  # openpyxl raises whatever its parsers do
        raise UsageError(
            Text(
                f"{name}: not an Excel workbook (.xlsx): {reason(error).en}",
                f"{name}: Excel ブック（.xlsx）として読めません（{reason(error).ja}）。",
            )
        ) from None


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _bytes(book: Workbook, original: bytes) -> bytes:
    """The file, the same each time: the original's properties and no times of day."""
    written = io.BytesIO()
    book.save(written)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(written) as new,
        zipfile.ZipFile(io.BytesIO(original)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in new.namelist():
            kept = name == _CORE and name in old.namelist()
            archive.writestr(zipfile.ZipInfo(name), old.read(name) if kept else new.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


FORMAT = Format(
    render,
    template=Text("The sheet, as downloaded.", "ダウンロードしたままの採点シート。"),
    maximum=True,
    options=japanese.OPTIONS,
)
