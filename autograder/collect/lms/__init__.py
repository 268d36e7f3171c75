"""Whose an entry at the top is, by the conventions of each LMS.

A reader looks at the entries that nobody before it has claimed, and claims those that its LMS
made. Those that come with a list of their own (Gradescope, manaba, WebClass) go first, then
those whose names tell; plain folders take what is left. To add an LMS: a module, a line here,
and a folder of real bytes below ``tests/collect/golden``.
"""

from __future__ import annotations

from dataclasses import replace

from ..files import Top
from ..owner import Claim, Owner, Part, Place, Reader, by_name
from . import blackboard, canvas, folders, gradescope, manaba, moodle, webclass

READERS: dict[str, Reader] = {
    "gradescope": gradescope.read,
    "manaba": manaba.read,
    "webclass": webclass.read,
    "blackboard": blackboard.read,
    "moodle": by_name(moodle.owner),
    "canvas": by_name(canvas.owner),
    "folders": folders.read,
}
# A folder with one of these in it is a download, not a student.
MANIFESTS = frozenset({gradescope.MANIFEST, manaba.LIST, "reportlist.xls", webclass.MANIFEST})

__all__ = ["MANIFESTS", "READERS", "Claim", "Owner", "Part", "Place", "claim_all", "owner_of"]


def owner_of(top: Top) -> Owner | None:
    """The owner of an entry as far as its name alone tells, None for a file that names nobody."""
    return next((o for of in (blackboard.owner, moodle.owner, canvas.owner, folders.owner) if (o := of(top))), None)


def claim_all(place: Place) -> Claim:
    """What all readers together claim; the place's other entries belong to nobody."""
    total = Claim()
    for reader in READERS.values():
        taken = total.names
        rest = [top for top in place.tops if top.name not in taken]
        claim = reader(replace(place, tops=rest))
        total = Claim(total.parts + claim.parts, total.used | claim.used, total.notes + claim.notes)
    return total
