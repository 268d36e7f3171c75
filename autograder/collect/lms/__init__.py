"""Whose an entry at the top is, by the conventions of each LMS.

Those that come with a list of their own (Gradescope, WebClass, manaba) claim what the list
names. Then names tell: one LMS made the whole download, so its convention reads every entry that
any convention reads, and what a student's file looks like to another LMS's says nothing. Plain
folders take what is left. To add an LMS: a module, a line here, and a real download in the tests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..files import Top
from ..owner import Owner, Part
from ..readings import decide
from . import blackboard, canvas, folders, gradescope, manaba, moodle, webclass
from .place import Claim, Place, Reader, Readings

BY_LIST: dict[str, Reader] = {"gradescope": gradescope.read, "webclass": webclass.read, "manaba": manaba.read}
BY_NAME: dict[str, Readings] = {
    "blackboard": blackboard.readings,
    "moodle": moodle.readings,
    "canvas": canvas.readings,
}
# A folder with one of these in it is a download, not a student.
MANIFESTS = frozenset({gradescope.MANIFEST, manaba.LIST, "reportlist.xls", webclass.MANIFEST})

__all__ = ["BY_LIST", "BY_NAME", "MANIFESTS", "Claim", "Owner", "Part", "Place", "claim_all", "owner_of"]


def owner_of(top: Top) -> Owner | None:
    """The owner of an entry as far as its name alone tells, None for a file that names nobody."""
    found = next((found for readings in BY_NAME.values() if (found := readings(top))), None)
    return found[0] if found else folders.owner(top)


def claim_all(place: Place) -> Claim:
    """What all conventions together claim; the place's other entries belong to nobody."""
    named = _by_names(place.tops)
    total = Claim()
    readers = [reader for name, reader in BY_LIST.items() if name != "manaba" or not _reads_all(named, place)]
    for reader in (*readers, lambda rest: _claim(rest, named), folders.read):
        taken = total.names
        rest = [top for top in place.tops if top.name not in taken]
        claim = reader(replace(place, tops=rest))
        total = Claim(total.parts + claim.parts, total.used | claim.used, total.notes + claim.notes)
    return total


def _by_names(tops: Sequence[Top]) -> dict[str, dict[str, list[Owner]]]:
    """The entries that each LMS's convention reads, without those that cannot have come from it."""
    read = {lms: {t.name: found for t in tops if (found := readings(t))} for lms, readings in BY_NAME.items()}
    every = set().union(*read.values())
    whole = {lms: found for lms, found in read.items() if found and found.keys() == every}
    shaped = {top.name for top in tops if top.is_dir and top.name in every}
    if len(shaped) * 2 < sum(top.is_dir for top in tops):  # folders of students, one of whom is called like that
        return {lms: {n: o for n, o in found.items() if n not in shaped} for lms, found in (whole or read).items()}
    return whole or read


def _reads_all(named: Mapping[str, Mapping[str, list[Owner]]], place: Place) -> bool:
    """Whether one convention of names explains every entry with an ``@``, which is then no mark of manaba's."""
    marked = {top.name for top in place.tops if "@" in top.name}
    lists = any(place.file(name) for name in MANIFESTS)
    return bool(marked) and not lists and any(marked <= found.keys() for found in named.values())


def _claim(place: Place, named: Mapping[str, Mapping[str, list[Owner]]]) -> Claim:
    by_lms = {lms: dict(found) for lms, found in named.items() if found}
    agreed = by_lms | {"canvas": canvas.agreeing(by_lms.get("canvas", {}))}
    read = {t: _of(t, agreed) or _of(t, by_lms) for t in place.tops}
    board = [top for top, found in read.items() if found and all(owner.lms == "blackboard" for owner in found)]
    claim = blackboard.read(replace(place, tops=board))
    claim.parts += [Part(t, decide(t, found, place.roster)) for t, found in read.items() if found and t not in board]
    return claim


def _of(top: Top, by_lms: Mapping[str, Mapping[str, list[Owner]]]) -> list[Owner]:
    return [owner for found in by_lms.values() for owner in found.get(top.name, ())]
