"""Canvas's "Download Submissions": files whose names carry the user's id."""

from __future__ import annotations

import re

from ..files import Top
from ..owner import Owner

# "yamadataro_LATE_12345_678_relu.py"; anonymous "LATE_anon_x7Yz1_678_relu.py"; a text entry "…_12345_text.html".
_FILE = re.compile(
    r"(?:(?P<name>(?!LATE_).*?)_)??(?P<late>LATE_)?(?P<id>\d+|anon_[0-9A-Za-z]+)_"
    r"(?:\d+_(?P<file>.+)|(?P<page>text\.html|link\.html))",
    re.DOTALL,
)


def owner(top: Top) -> Owner | None:
    match = None if top.is_dir else _FILE.fullmatch(top.name)
    if match is None:
        return None
    return Owner(match["id"], "canvas", match["name"] or None, bool(match["late"]), match["file"] or match["page"])
