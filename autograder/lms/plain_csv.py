"""``csv``: a table for people and spreadsheets: id, name, every score, total, status."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from ..errors import UsageError
from ..i18n import Text
from ..report.grades_csv import text_cell
from ..text.clean import clean_line
from .export import Change, Format, Option, Problems, Rendered, Request, points
from .rows import GradeRow


def render(rows: Sequence[GradeRow], request: Request) -> Rendered:
    """One line a student; a cell is empty where there is no score."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    titles = [request.names.get(column) or column for column in request.columns]
    writer.writerow(["student", "name", *map(text_cell, titles), "status"])
    problems = Problems()
    changes = []
    for row in rows:
        scores = [points(row, column, request.maximum, request, problems) for column in request.columns]
        texts = [text_cell(clean_line(text)) for text in (row.student, row.name or "")]
        writer.writerow([*texts, *(score or "" for score in scores), row.status])
        changes += [
            Change(row.student, row.name, title, None, score)
            for title, score in zip(titles, scores, strict=True)
            if score is not None
        ]
    problems.refuse()
    return Rendered({"grades.csv": _encoded(out.getvalue(), request, rows)}, tuple(changes))


def _encoded(text: str, request: Request, rows: Sequence[GradeRow]) -> bytes:
    encoding = request.options.get("encoding") or "utf-8-sig"
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        char = text[error.start]
        row = next(r for r in rows if char in r.student + (r.name or "") or len(rows) == 1)
        raise UsageError(
            Text(
                f"{row.student} ({row.name}): {encoding} has no {char!r} (U+{ord(char):04X}). "
                "Choose --encoding utf-8-sig, which Excel reads, too.",
                f"{row.student}（{row.name}）: {encoding} では {char!r}（U+{ord(char):04X}）を表せません。"
                "Excel でも読める --encoding utf-8-sig を選んでください。",
            )
        ) from None


FORMAT = Format(
    render,
    many=True,
    maximum=True,
    options=(Option("encoding", "Encoding of the file.", "utf-8-sig", ("utf-8-sig", "utf-8", "cp932")),),
)
