"""Moodle's "Download all submissions": a folder, or a file, named after the participant."""

from __future__ import annotations

import re

from ..files import Top
from ..owner import Owner

# "太郎 山田_4_assignsubmission_file", with a "_" at the end up to Moodle 4.0; without "Download
# submissions in folders" the file's name follows.
_FOLDER = re.compile(r"(?P<name>.*)_(?P<id>\d+)_assignsubmission_(?P<plugin>[a-z]+)_?", re.DOTALL)
_FILE = re.compile(r"(?P<name>.*)_(?P<id>\d+)_assignsubmission_(?P<plugin>[a-z]+)_(?P<file>.+)", re.DOTALL)
_BLIND = frozenset({"participant", "参加者"})


def owner(top: Top) -> Owner | None:
    match = (_FOLDER if top.is_dir else _FILE).fullmatch(top.name)
    if match is None:
        return None
    name = match["name"]
    shown = None if not name or name.casefold() in _BLIND else name  # under blind marking there is none
    return Owner(match["id"], "moodle", shown, file=None if top.is_dir else match["file"])
