"""The class list, and who of it handed in a given entry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..model import Note
from .owner import Owner
from .table import normal

# The columns that hold ids, beside the student's own.
IDS = (
    "email",
    "username",
    "moodle",
    "canvas",
    "blackboard",
    "gradescope",
    "manaba",
    "webclass",
    "github",
    "sis",
    "lti",
)
# Where the key of an entry may be found, the most telling column first.
_COLUMNS: Mapping[str | None, tuple[str, ...]] = {
    None: ("student", "username", "email"),
    "blackboard": ("blackboard", "username", "student", "email"),
    "gradescope": ("gradescope", "student", "sis", "email"),
    "manaba": ("student", "sis", "manaba", "username"),
    "webclass": ("webclass", "username", "student", "email"),
}
# Their numbers mean nothing outside of them, and can equal someone else's id.
NUMBERED = ("moodle", "canvas")
_SHORTEST_PART = 4


@dataclass(frozen=True)
class RosterRow:
    """One student of the class; ``student`` is the key of everything, spelled as the roster does.

    Attributes
    ----------
    ids
        How LMSs name this student, by column (`IDS`), as far as the roster tells.
    """

    student: str
    name: str | None = None
    ids: dict[str, str] = field(default_factory=dict, hash=False)
    line: int = 0

    def get(self, column: str) -> str | None:
        return self.student if column == "student" else self.ids.get(column)


class Roster:
    """The students of a class.

    Parameters
    ----------
    rows
        Their ids differ even after `normal`.
    notes
        On rows of the list that are nobody's, or have no id of their own.
    """

    def __init__(self, rows: Iterable[RosterRow], notes: Iterable[Note] = ()) -> None:
        self.rows = tuple(rows)
        self.notes = tuple(notes)
        self._by = {f: _index(self.rows, f) for f in ("student", *IDS)}
        self._by_name: dict[str, list[RosterRow]] = {}
        for row in self.rows:
            for key in _name_keys(row.name or ""):
                self._by_name.setdefault(key, []).append(row)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, student: str) -> bool:
        return normal(student) in self._by["student"]

    def get(self, student: str) -> RosterRow | None:
        """The row with this id."""
        return self._by["student"].get(normal(student))

    def has_id(self, text: str) -> bool:
        """Whether somebody has this id in any column."""
        return any(normal(text) in index for index in self._by.values())

    def has(self, column: str, text: str) -> bool:
        """Whether somebody has this id in this column."""
        return normal(text) in self._by[column]

    def find(self, owner: Owner) -> RosterRow | None:
        """Who this is: by LMS id, student id, username, email, then by a name that only one has; in doubt nobody."""
        if owner.doubt:
            return None
        return self.by_id(owner) or self.by_name(owner)

    def by_id(self, owner: Owner) -> RosterRow | None:
        """Whose id this is.

        A participant number of Moodle can equal someone else's id, so the column for it goes
        first, and without that column an id counts only if the names agree. With it, a name of
        which not a word is that person's is a team's, or of another assignment.
        """
        if owner.lms in NUMBERED:
            assert owner.lms is not None
            key = normal(owner.key)
            row = self._by[owner.lms].get(key)
            if row is None and not self._by[owner.lms]:
                row = self._by["student"].get(key)
                return row if row is None or _same_name(row.name, owner.name) else None
            is_other = row is not None and owner.lms == "moodle" and is_another(row.name, owner.name)
            return None if is_other else row
        row = None if owner.named else self._first((column, owner.key) for column in _COLUMNS[owner.lms])
        row = row or self._first((c, value) for column, value in owner.others for c in (column, "username"))
        if row is None and owner.lms is None and not owner.others:
            row = self._by_github(owner.key)
        return row

    def numbered(self, owner: Owner) -> RosterRow | None:
        """Who has this participant number of Moodle, whatever the names say."""
        return self._by["moodle"].get(normal(owner.key)) if owner.lms == "moodle" and not owner.doubt else None

    def by_name(self, owner: Owner) -> RosterRow | None:
        """Who alone has this name."""
        same = self.named(owner.name or owner.key)
        return same[0] if len(same) == 1 else None

    def support(self, owner: Owner) -> int:
        """How much speaks for one reading of an entry: number and name of one person 2, one of them 1."""
        row = self.by_id(owner)
        if row is None:
            return int(bool(owner.name) and self.by_name(owner) is not None)
        return 2 if _same_name(row.name, owner.name) else int(not is_another(row.name, owner.name))

    def part_of(self, name: str) -> RosterRow | None:
        """The only student whose id is a word of `name`: ``s1230001_山田太郎``, ``(s1230001) report``."""
        words = {normal(w) for w in re.split(r"[\s_@()\[\]（）【】,、.+-]+", name) if len(w) >= _SHORTEST_PART}
        found = {row.student: row for w in words for f in ("student", *IDS) if (row := self._by[f].get(w))}
        return next(iter(found.values())) if len(found) == 1 else None

    def _first(self, places: Iterable[tuple[str, str]]) -> RosterRow | None:
        return next((row for column, value in places if (row := self._by[column].get(normal(value)))), None)

    def _by_github(self, folder: str) -> RosterRow | None:
        """The owner of a repository ``assignment-user``; both may hold hyphens, so the longest user wins."""
        words = normal(folder).split("-")
        return self._first(("github", "-".join(words[i:])) for i in range(len(words)))

    def named(self, name: str) -> list[RosterRow]:
        """Everyone of this name, whichever of the two parts comes first."""
        found = [row for key in sorted(_name_keys(name)) for row in self._by_name.get(key, [])]
        return list(dict.fromkeys(found))


def _index(rows: Iterable[RosterRow], column: str) -> Mapping[str, RosterRow]:
    return {normal(value): row for row in rows if (value := row.get(column))}


def _name_keys(name: str) -> set[str]:
    """A name with nothing but its letters, in any order: LMSs drop punctuation and turn names around."""
    words = _words(name)
    return {key for key in ("".join(words), "".join(reversed(words)), " ".join(sorted(words))) if key}


def _words(name: str) -> list[str]:
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name.replace("'", "").replace("|", "")).casefold())
    return [w.replace("_", "") for w in words]


def is_another(ours: str | None, theirs: str | None) -> bool:
    """Whether two names in one script share no word, not even as a part of one."""
    if not ours or not theirs or ours.isascii() != theirs.isascii() or _same_name(ours, theirs):
        return False
    one, two = _words(ours), _words(theirs)
    parts = (w in o or o in w for w in one for o in two if w == o or min(len(w), len(o)) >= (3 if w.isascii() else 2))
    return not any(parts)


def _same_name(a: str | None, b: str | None) -> bool:
    return bool(_name_keys(a or "") & _name_keys(b or ""))
