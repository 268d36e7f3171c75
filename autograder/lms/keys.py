"""Files that are made from nothing name each student by one id, which everyone must have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..i18n import Text
from .export import EVERYONE, Option, Problems, Request, listed
from .fill import without_score
from .rows import GradeRow

KEYS = {"idnumber": "ID number", "username": "Username", "email": "Email address"}
KEY = Option("key", "Which id names the students.", "idnumber", tuple(KEYS))


def graded(rows: Sequence[GradeRow], request: Request) -> tuple[list[tuple[str, GradeRow]], list[Text]]:
    """Id and row of every student with any score, and a note on those without.

    Raises
    ------
    UsageError
        Someone has no such id, two have the same, or it holds a character that no LMS has.
    """
    kind = request.options.get("key") or KEY.default
    problems = Problems()
    found: dict[str, GradeRow] = {}
    scored = [row for row in rows if any(row.scores.get(column) is not None for column in request.columns)]
    for row in scored:
        # The id itself is written as it is: exact, with its zeros and its case.
        key = (row.ids.get(kind) or (row.student if row.id(kind) else "")).strip()
        if not key:
            problems.add(
                f"{row.student}: no {KEYS[kind]}. Give the roster a column with it, or choose another --key.",
                f"{row.student}: {KEYS[kind]} がありません。名簿に列を加えるか、別の --key を選んでください。",
            )
        elif re.search(r'[\x00-\x1f"\\\x7f\ud800-\udfff\ufffe\uffff]', key):
            problems.add(
                f"{row.student}: {KEYS[kind]} {key!r} holds a character that it cannot have.",
                f"{row.student}: {KEYS[kind]} {key!r} に使えない文字があります。",
            )
        elif key in found:
            problems.add(
                f"{found[key].student} and {row.student} have the same {KEYS[kind]}: {key}",
                f"{found[key].student} と {row.student} の {KEYS[kind]} が同じです: {key}",
            )
        else:
            found[key] = row
    problems.refuse()
    without = without_score(rows, request.columns)
    notes = []
    if without:
        notes.append(
            Text(
                f"Without a score, left out ({len(without)}): {listed(without, EVERYONE)}",
                f"得点がないため含めない学生（{len(without)} 名）: {listed(without, EVERYONE)}",
            )
        )
    return list(found.items()), notes
