"""Moodle's "Download all submissions": a folder, or a file, named after the participant.

Moodle turns each ``_`` of a name into a space, so the first number that goes before
``_assignsubmission_`` is the participant's; what a student called the file stands behind it,
and may look like another participant's entry.
"""

from __future__ import annotations

import re

from ..files import Top
from ..owner import Owner

# "太郎 山田_4_assignsubmission_file", with a "_" at the end up to Moodle 4.0; without "Download
# submissions in folders" the file's name follows.
_MARK = re.compile(r"_(?P<id>[0-9]+)_assignsubmission_(?P<plugin>[a-z]+)(?P<rest>_?)")
_BLIND = frozenset({"participant", "参加者"})
_MOST = 16  # readings of a name that a person may have written


def readings(top: Top) -> list[Owner]:
    """What the name may mean, the first participant first; one where Moodle itself made it."""
    found = []
    for mark in _MARK.finditer(top.name):
        name, file = top.name[: mark.start()], top.name[mark.end() :]
        if bool(file) is top.is_dir or (file and not mark["rest"]):
            continue
        shown = None if not name or name.casefold() in _BLIND else name  # under blind marking there is none
        found.append(Owner(mark["id"], "moodle", shown, file=file or None))
        if "_" not in name or len(found) == _MOST:
            break
    return found
