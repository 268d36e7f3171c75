"""manaba's "採点シートと提出物": folders or files named after the student's two numbers, and an Excel list.

A folder is ``number@user`` (or ``number@user@anything``), a file ``number@user@name``. By the
site's settings the number of the university comes first, or manaba's user id does. Which it
is, one looks up for the class as a whole, in the roster and in ``reportlist.xlsx``, because a
single name may fit both. An address (``taro@u.example``) looks the same as a folder; it is only
manaba's if something else says that this place is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ..files import Top
from ..owner import Owner, Part
from ..sheet import read_sheet
from ..table import normal
from ..texts import note
from ..times import moment
from .place import Claim, Place

LIST = "reportlist.xlsx"
_OLD_LIST = "reportlist.xls"
_NUMBER = ("# 学籍番号", "# 学生番号", "# 学生証番号")
_ROLE, _STATE, _TIME, _NAME = "# ロール", "# 提出", "# 提出日時", ("# 氏名", "# 名前")
_STUDENT_ROLE = "履修生"
_LATE = "受付終了後"  # "受付終了後提出"


@dataclass(frozen=True)
class Listed:
    """What the Excel list says of a student."""

    number: str
    name: str | None
    late: bool
    received: datetime | None


def read(place: Place) -> Claim:
    claim = Claim()
    manifest = place.file(LIST)
    listed: Mapping[str, Listed] = {}
    if manifest is not None:
        listed = _listed(place, manifest.name)
        claim.used.add(manifest.name)
    old = place.file(_OLD_LIST)
    if old is not None:
        claim.used.add(old.name)
        claim.notes.append(note("old_excel", path=place.where(old.name)))
    found = [(top, parts) for top in place.tops if (parts := _split(top))]
    is_manaba = manifest is not None or old is not None or any(not t.is_dir for t, _ in found)
    if not found or not (is_manaba or _all_known(found, place)):
        return claim
    first, second = (sum(_is_number(p[i], listed, place) for _, p in found) for i in (0, 1))
    at = 1 if second > first else 0
    claim.parts = [Part(top, _owner(top, parts, at, listed)) for top, parts in found]
    return claim


def _split(top: Top) -> tuple[str, str, str] | None:
    """The two numbers and the rest of a name; a file without a rest is somebody's mail address."""
    parts = top.name.split("@", 2)
    if len(parts) < 2 or not all(p.strip() for p in parts) or (len(parts) == 2 and not top.is_dir):
        return None
    return parts[0].strip(), parts[1].strip(), parts[2] if len(parts) == 3 else ""


def _all_known(found: list[tuple[Top, tuple[str, str, str]]], place: Place) -> bool:
    """Without a list: whether the names split into what the roster knows, and are not known as they are."""
    roster = place.roster
    if roster is None:
        return False
    whole = sum(roster.find(Owner(top.name)) is not None for top, _ in found)
    halves = sum(roster.has_id(p[0]) or roster.has_id(p[1]) for _, p in found)
    return halves > whole


def _is_number(text: str, listed: Mapping[str, Listed], place: Place) -> bool:
    return normal(text) in listed or (place.roster is not None and text in place.roster)


def _owner(top: Top, parts: tuple[str, str, str], at: int, listed: Mapping[str, Listed]) -> Owner:
    number, user, rest = parts[at], parts[1 - at], parts[2]
    known = listed.get(normal(number))
    return Owner(
        number,
        "manaba",
        known.name if known else None,
        known.late if known else False,
        None if top.is_dir else rest,
        known.received if known else None,
        others=(("manaba", user), ("username", user)),
    )


def _listed(place: Place, name: str) -> dict[str, Listed]:
    """The students in the list. Above the line of headers are the course's own, below ``#end`` nothing."""
    rows = read_sheet(place.read(name), place.where(name))
    start = next((i for i, row in enumerate(rows) if any(cell.strip() in _NUMBER for cell in row)), None)
    if start is None:
        return {}
    header = [cell.strip() for cell in rows[start]]
    found: dict[str, Listed] = {}
    for row in rows[start + 1 :]:
        if row and row[0].strip().casefold().startswith("#end"):
            break
        cells = {h: cell.strip() for h, cell in zip(header, row, strict=False) if h}
        number = next((cells[h] for h in _NUMBER if cells.get(h)), "")
        if number and cells.get(_ROLE, _STUDENT_ROLE) == _STUDENT_ROLE:
            person = next((cells[h] for h in _NAME if cells.get(h)), None)
            late = _LATE in cells.get(_STATE, "")
            found[normal(number)] = Listed(number, person, late, moment(cells.get(_TIME, ""), place.tz))
    return found
