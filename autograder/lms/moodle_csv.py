"""``moodle-csv``: a file for Moodle's Grades > Import > CSV file.

A blank cell would *erase* a grade there, so no row has one: whoever misses a score in any of
the columns is refused, or left out altogether when all are missing.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import UsageError
from ..i18n import Text
from .cellhtml import html_cell
from .export import Change, Format, Problems, Rendered, Request, feedback, listed, maximum_to_check, points
from .fill import without_score
from .keys import KEY, KEYS, graded
from .readback import moodle_reads
from .rows import GradeRow


def render(rows: Sequence[GradeRow], request: Request) -> Rendered:
    """One line a student: the id, a column a grade, and the feedback if it is asked for."""
    students, notes = graded(rows, request)
    gaps = without_score([row for _, row in students], request.columns)
    if gaps:
        raise UsageError(
            Text(
                f"No score in some column, and a blank cell would erase the grade in Moodle: {listed(gaps)}. "
                "Export one --column at a time, or use moodle-xml.",
                f"得点のない列がある学生がいます。空欄は Moodle の評点を消してしまいます: {listed(gaps)}。"
                "--column で 1 列ずつ書き出すか、moodle-xml を使ってください。",
            )
        )
    problems = Problems()
    changes: list[Change] = []
    titles = [request.names.get(column) or column for column in request.columns]
    header = [KEYS[request.options.get("key") or KEY.default], *titles]
    table = [header + (["Feedback"] if request.feedback else [])]
    for key, row in students:
        scores = [points(row, column, request.maximum, request, problems) or "" for column in request.columns]
        said = feedback(row, request.columns, request)
        table.append([key, *scores, *([] if said is None else [html_cell(said)])])
        changes += [Change(row.student, row.name, t, None, s) for t, s in zip(titles, scores, strict=True)]
        if request.feedback:
            changes.append(Change(row.student, row.name, "Feedback", None, table[-1][-1], "feedback"))
    problems.refuse()
    text = "".join(",".join(map(_quoted, line)) + "\r\n" for line in table)
    if moodle_reads(text) != table:
        raise UsageError(
            Text(
                f"A title of a column cannot be written safely for Moodle: {listed(titles)}. "
                "Use letters without quotes or backslashes.",
                f"列の見出しを Moodle 用に安全に書けません: {listed(titles)}。"
                "引用符と \\ を含まない名前にしてください。",
            )
        )
    return Rendered({"moodle-grades.csv": text.encode()}, tuple(changes), (*notes, *maximum_to_check(rows, request)))


def _quoted(cell: str) -> str:
    plain = cell and cell.isascii() and not set(cell) & set(',"; \t\r\n')
    return cell if plain else '"' + cell.replace('"', '""') + '"'


FORMAT = Format(
    render,
    platform="moodle",
    many=True,
    feedback=False,
    maximum=True,
    options=(KEY,),
)
