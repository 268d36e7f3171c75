"""``webclass``: fill in the ``answer.csv`` of a report, downloaded with 成績データをダウンロード.

WebClass takes the file back only as it was: bytes, encoding and line ends stay.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..i18n import Text
from . import japanese
from .export import Format, Rendered, Request, maximum_to_check
from .fill import Target, fill, whose
from .match import match
from .rows import GradeRow
from .sheet import read_sheet


def render(rows: Sequence[GradeRow], request: Request) -> Rendered:
    """The downloaded file with points."""
    template = request.the_template()
    sheet = read_sheet(template.data, template.name)
    layout = japanese.find_layout(sheet.rows, sheet.name, request, "webclass")
    where = [sheet.where(i) for i in range(len(sheet.rows))]
    matched = match(rows, japanese.entries(sheet.rows, layout, where), request)
    most = japanese.maximum(sheet.rows, layout, request)
    target = Target(request.columns[0], layout.title(sheet.rows), layout.score, most)
    filled = fill(sheet, matched, [target], request)
    data = sheet.write(filled.cells, whose(matched))
    notes = (*filled.notes, *([] if target.maximum is not None else maximum_to_check(rows, request)))
    return Rendered({template.name: data}, filled.changes, notes, filled.unchanged)


FORMAT = Format(
    render,
    template=Text("answer.csv, as downloaded.", "ダウンロードしたままの answer.csv。"),
    maximum=True,
    options=japanese.OPTIONS,
)
