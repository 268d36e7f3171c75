"""``moodle-xml``: a file for Moodle's Grades > Import > XML file.

No columns to map by hand, and no CSV: nothing to escape but XML itself. Each grade item and
each student needs an ID number in Moodle. A score above the item's maximum would be clipped
there without a word, so ``--maximum`` should say what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from ..text.clean import clean
from .cellhtml import html_cell
from .export import Change, Format, Problems, Rendered, Request, feedback, maximum_to_check, points
from .keys import graded
from .rows import GradeRow


def render(rows: Sequence[GradeRow], request: Request) -> Rendered:
    """One ``result`` for each student and column that has a score."""
    students, notes = graded(rows, request)
    problems = Problems()
    results: list[str] = []
    changes: list[Change] = []
    for column in request.columns:
        item = request.names.get(column, "").strip()
        if not item:
            problems.add(
                f"{column}: the ID number of its grade item in Moodle is not known. "
                f"Write it under 'lms: moodle:' in course.yaml, or give --column {column}=IDNUMBER.",
                f"{column}: Moodle の評定項目の ID ナンバーがわかりません。course.yaml の lms: moodle: に書くか、"
                f"--column {column}=IDナンバー で指定してください。",
            )
            continue
        for key, row in students:
            score = points(row, column, request.maximum, request, problems)
            if score is None:
                continue
            said = feedback(row, [column], request)
            results.append(_result(item, key, score, said))
            changes.append(Change(row.student, row.name, item, None, score))
            if said is not None:
                changes.append(Change(row.student, row.name, item, None, said, "feedback"))
    problems.refuse()
    text = '<?xml version="1.0" encoding="UTF-8"?>\n<results batch="autograder">\n' + "".join(results) + "</results>\n"
    return Rendered({"moodle-grades.xml": text.encode()}, tuple(changes), (*notes, *maximum_to_check(rows, request)))


def _result(item: str, key: str, score: str, said: str | None) -> str:
    fields = {"state": "new", "assignment": item, "student": key, "score": score}
    if said is not None:
        fields["feedback"] = html_cell(said)
    inner = "".join(f"<{tag}>{escape(clean(text))}</{tag}>" for tag, text in fields.items())
    return f"<result>{inner}</result>\n"


FORMAT = Format(
    render,
    platform="moodle",
    many=True,
    feedback=True,
    maximum=True,
)
