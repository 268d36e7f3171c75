"""Which student each entry is: the roster's id, else one of its own that nobody else has.

Two accounts of a download are two people, whatever they are called. So an id that leads to a
student goes before a name that does, of two names neither counts, and what an entry without a
student is graded under differs from every other id of the class.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..model import Note
from .owner import Owner, Part
from .roster import Roster, RosterRow, is_another
from .texts import note

MAX_ID = 200
Account = tuple[str, str, bool]  # the LMS, its key, and whether that is only a name


@dataclass(frozen=True)
class Identified:
    """The parts of each student, notes for them, and how many accounts the roster knows."""

    groups: Mapping[str, list[Part]]
    notes: Mapping[str, tuple[Note, ...]]
    known: int


def identify(parts: list[Part], roster: Roster | None) -> Identified:
    """Group entries by student; every note also names the entry, for the class as a whole."""
    rows = _rows(parts, roster) if roster is not None else {}
    own = _own_ids((p.owner for p in parts if _account(p.owner) not in rows), roster)
    groups: dict[str, list[Part]] = {}
    notes: dict[str, list[Note]] = {}
    members: dict[str, list[str]] = {}
    for part in parts:
        row, by_part = rows.get(_account(part.owner), (None, False))
        student = row.student if row else own[_account(part.owner)]
        told = notes.setdefault(student, [])
        if by_part:
            told.append(note("part_of_name", label=part.top.name, student=student))
        elif row is None:
            told += _stranger(part, student, roster)
        if part not in groups.setdefault(student, []):
            groups[student].append(part)
            members.setdefault(part.top.name, []).append(student)
    for name, students in members.items():
        for student in students if len(students) > 1 else ():
            notes[student].append(note("group_submission", label=name, students=", ".join(students)))
    told_once = {student: tuple(dict.fromkeys(found)) for student, found in notes.items() if found}
    return Identified(groups, told_once, len(rows))


def readable(text: str) -> str:
    """An id that can be read and printed: control characters are spelled out, all spaces are plain."""
    spelled = (
        c if c.isprintable() else " " if unicodedata.category(c) == "Zs" else c.encode("unicode_escape").decode()
        for c in text
    )
    return "".join(spelled).strip()[:MAX_ID].strip() or "(blank)"


def _account(owner: Owner) -> Account:
    return (f"{owner.lms or ''}{'?' if owner.doubt else ''}", owner.key, owner.named)


def _rows(parts: list[Part], roster: Roster) -> dict[Account, tuple[RosterRow, bool]]:
    """The student of each account, and whether only a part of a name says so."""
    is_foreign = _is_foreign(parts, roster)
    found: dict[Account, tuple[RosterRow, str]] = {}
    for part in parts:
        owner = part.owner
        if owner.doubt:
            continue
        by_id = roster.by_id(owner) if not is_foreign or owner.lms != "moodle" else None
        by_name = None if by_id else roster.by_name(owner)
        # The names that an LMS makes hold numbers of its own, which may look like somebody's id.
        words = part.top.name if owner.lms is None else owner.name or ""
        by_part = None if by_id or by_name else roster.part_of(words)
        for how, row in (("id", by_id), ("name", by_name), ("part", by_part)):
            if row is not None:
                found.setdefault(_account(owner), (row, how))
    accounts: dict[str, list[Account]] = {}
    for account, (row, _) in found.items():
        accounts.setdefault(row.student, []).append(account)
    rivals = {a for same in accounts.values() if len({*same}) > 1 for a in same if a[0] and found[a][1] != "id"}
    return {a: (row, how == "part") for a, (row, how) in found.items() if a not in rivals}


def _is_foreign(parts: list[Part], roster: Roster) -> bool:
    """Whether Moodle's numbers are another assignment's, or a team's: a name contradicts, and not one agrees."""
    rows = [(roster.numbered(p.owner), p.owner) for p in parts if p.owner.lms == "moodle" and p.owner.name]
    named = [(row.name, owner.name) for row, owner in rows if row is not None and row.name]
    another = sum(is_another(ours, theirs) for ours, theirs in named)
    scripts = sum((ours or "").isascii() == (theirs or "").isascii() for ours, theirs in named)
    return 0 < another == scripts


def _own_ids(owners: Iterable[Owner], roster: Roster | None) -> dict[Account, str]:
    """For each account an id that is nobody else's; a plain folder's own name goes first."""
    found: dict[Account, str] = {}
    taken: set[str] = set()
    for account in sorted({_account(owner) for owner in owners}):
        plain = readable(account[1])
        name, number = plain, 1
        while name in taken or (roster is not None and name in roster):
            name = f"{account[0].strip('?') or 'folder'}-{plain}" + (f"-{number}" if number > 1 else "")
            number += 1
        taken.add(name)
        found[account] = name
    return found


def _stranger(part: Part, student: str, roster: Roster | None) -> list[Note]:
    """Why an entry is nobody's on the roster, or nobody's by its name."""
    owner, label = part.owner, part.top.name
    if owner.doubt:
        ways = ", ".join(dict.fromkeys(f"{o.key} ({o.name})" if o.name else o.key for o in owner.doubt))
        return [note("ambiguous_name", label=label, readings=ways, student=student)]
    if roster is None:
        return [note("renamed_student", label=label, student=student)] if student != owner.key else []
    numbered = roster.numbered(owner)
    if numbered is not None:
        about = f"{numbered.student} ({numbered.name})" if numbered.name else numbered.student
        return [note("other_name", label=label, number=owner.key, other=about, student=student)]
    several = roster.find(owner) is not None or len(roster.named(owner.name or owner.key)) > 1
    return [note("ambiguous_student" if several else "unmatched_student", label=label, student=student)]
