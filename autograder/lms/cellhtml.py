"""Feedback for a cell that an LMS reads as HTML, safe on its way there.

Moodle reads CSV with a backslash as escape character: a feedback that ends in one swallows
the next student's row. A line break, a quote or a tab in a cell has the same kind of history
in other readers, and a spreadsheet runs a cell that begins like a formula. None of these
characters is left in what `html_cell` returns.
"""

from __future__ import annotations

import html

from ..text.clean import clean

_FORMULA = "=+-@"
_FORMULA_WIDE = "＝＋－＠"


def html_cell(text: str) -> str:
    """Plain text as one line of HTML without quote, backslash, line break, tab or leading formula character."""
    escaped = html.escape(clean(text), quote=True).replace("\\", "&#92;").replace("\t", " ").replace("\n", "<br>")
    stripped = escaped.strip(" ")
    if stripped and stripped[0] in _FORMULA + _FORMULA_WIDE:
        return f"&#{ord(stripped[0])};{stripped[1:]}"
    return stripped
