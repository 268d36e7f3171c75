"""What the names at the top say: whose work an entry is, by the conventions of each LMS."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from .files import Top

Lms = Literal["moodle", "canvas"]

# "太郎 山田_4_assignsubmission_file", with a "_" at the end up to Moodle 4.0; without "Download
# submissions in folders" the file's name follows.
_MOODLE_FOLDER = re.compile(r"(?P<name>.*)_(?P<id>\d+)_assignsubmission_(?P<plugin>[a-z]+)_?", re.DOTALL)
_MOODLE_FILE = re.compile(r"(?P<name>.*)_(?P<id>\d+)_assignsubmission_(?P<plugin>[a-z]+)_(?P<file>.+)", re.DOTALL)
# "yamadataro_LATE_12345_678_relu.py"; anonymous "LATE_anon_x7Yz1_678_relu.py"; a text entry "…_12345_text.html".
_CANVAS = re.compile(
    r"(?:(?P<name>(?!LATE_).*?)_)??(?P<late>LATE_)?(?P<id>\d+|anon_[0-9A-Za-z]+)_"
    r"(?:\d+_(?P<file>.+)|(?P<page>text\.html|link\.html))",
    re.DOTALL,
)
_BLIND = frozenset({"participant", "参加者"})


@dataclass(frozen=True)
class Owner:
    """Whose a top-level entry is.

    Attributes
    ----------
    key
        The student as the entry names them: a folder's name, Moodle's participant number,
        Canvas's user id.
    file
        For an entry that is itself a file: its name as the student gave it.
    """

    key: str
    lms: Lms | None = None
    name: str | None = None
    late: bool = False
    file: str | None = None


def owner_of(top: Top) -> Owner | None:
    """The owner of a top-level entry, None for a file that names nobody."""
    return _owner_of_folder(top.name) if top.is_dir else _owner_of_file(top.name)


def _owner_of_folder(folder: str) -> Owner:
    match = _MOODLE_FOLDER.fullmatch(folder)
    if match:
        return Owner(match["id"], "moodle", _person(match["name"]))
    return Owner(folder)


def _owner_of_file(file: str) -> Owner | None:
    match = _MOODLE_FILE.fullmatch(file)
    if match:
        return Owner(match["id"], "moodle", _person(match["name"]), file=match["file"])
    match = _CANVAS.fullmatch(file)
    if match:
        return Owner(match["id"], "canvas", match["name"] or None, bool(match["late"]), match["file"] or match["page"])
    path = PurePosixPath(file)
    return Owner(path.stem, file=file) if path.suffix.casefold() == ".zip" and path.stem else None


def _person(name: str) -> str | None:
    """The name in a Moodle entry; under blind marking there is none."""
    return None if not name or name.casefold() in _BLIND else name
