"""What no LMS made: one folder, or one zip, per student, and files that are called like a student or begin so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ..files import Top
from ..names import split_number, suffix
from ..owner import Owner, Part
from ..readings import common_titles, decide
from ..texts import note
from .place import Claim, Place

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
    github = _github(place)
    for top in place.tops:
        known = _prefixed(top, place.roster)
        found = decide(top, known, place.roster) if known else owner(top) or _named(top, place.roster)
        if found is None:
            continue
        user = github.get(top.name)
        if user is not None:
            known_user = place.roster is not None and place.roster.has("github", user)
            found = Owner(found.key, others=(("github", user),)) if known_user else Owner(found.key, named=True)
        claim.parts.append(Part(top, found))
        if not top.is_dir and not known and suffix(top.name) == ".zip":
            claim.notes.append(note("zip_as_student", path=top.name, student=found.key))
    return claim


def _prefixed(top: Top, roster: Roster | None) -> list[Owner]:
    """``s001_relu.py`` or ``s001_山田太郎_relu.py``, for each id of the roster that it begins with."""
    found: dict[str, Owner] = {}
    if top.is_dir or roster is None:
        return []
    for match in re.finditer(r"[_@ -]+(?=.)", top.name[:255]):
        row = roster.get(top.name[: match.start()])
        if row is not None:
            rest = top.name[match.end() :]
            named = re.match(rf"{re.escape(row.name)}[_@ -]+(?=.)", rest) if row.name else None
            sure = Owner(row.student, file=rest[named.end() :] if named else rest)
            if named:
                return [sure]
            found.setdefault(row.student, sure)
    return list(found.values())


def _named(top: Top, roster: Roster | None) -> Owner | None:
    """A file that is called like somebody on the roster: ``s001.py``, ``山田太郎.docx``, ``山田太郎 - relu.py``."""
    if top.is_dir or roster is None:
        return None
    stem = PurePosixPath(top.name).stem
    student, dash, _ = stem.partition(" - ")
    for name in (stem, split_number(stem)[0], student):
        row = roster.find(Owner(name))
        if row is not None:
            whole = not dash or name != student
            return Owner(row.student, file=top.name if whole else top.name[len(f"{student}{dash}") :])
    return None


def _github(place: Place) -> dict[str, str]:
    """The user of each repository ``assignment-user``.

    Both parts may hold hyphens, and everybody chooses their own name on GitHub; but the class has
    one assignment, and the roster knows its users.
    """
    roster = place.roster
    if roster is None:
        return {}
    own = ("student", "username", "email")
    names = [t.name for t in place.tops if t.is_dir and "-" in t.name and not any(roster.has(c, t.name) for c in own)]
    title = _title(names, roster)
    return {n: n.removeprefix(f"{title}-") for n in names} if title else {}


def _title(names: Sequence[str], roster: Roster) -> str | None:
    known = {t: sum(roster.has("github", n.removeprefix(f"{t}-")) for n in names) for t in common_titles(names, "-")}
    best = max(known.values(), default=0)
    return next((title for title, count in known.items() if count == best), None) if best else None
