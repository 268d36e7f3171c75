"""What no LMS made: one folder, or one zip, per student, and files that begin with a student's id."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ..files import Top
from ..owner import Claim, Owner, Part, Place
from ..texts import note

if TYPE_CHECKING:
    from ..roster import Roster


def owner(top: Top) -> Owner | None:
    """A folder's name is the student; so is a zip's. Any other file belongs to nobody."""
    if top.is_dir:
        return Owner(top.name)
    path = PurePosixPath(top.name)
    return Owner(path.stem, file=top.name) if path.suffix.casefold() == ".zip" and path.stem else None


def read(place: Place) -> Claim:
    claim = Claim()
    for top in place.tops:
        known = _prefixed(top, place.roster)
        found = known or owner(top)
        if found is None:
            continue
        claim.parts.append(Part(top, found))
        if not top.is_dir and known is None:
            claim.notes.append(note("zip_as_student", path=top.name, student=found.key))
    return claim


def _prefixed(top: Top, roster: Roster | None) -> Owner | None:
    """``s001_relu.py`` or ``s001_山田太郎_relu.py``, if the roster knows s001."""
    if top.is_dir or roster is None:
        return None
    for match in re.finditer(r"[_@ -]+(?=.)", top.name):
        row = roster.get(top.name[: match.start()])
        if row is not None:
            rest = top.name[match.end() :]
            named = re.match(rf"{re.escape(row.name)}[_@ -]+(?=.)", rest) if row.name else None
            return Owner(row.student, file=rest[named.end() :] if named else rest)
    return None
