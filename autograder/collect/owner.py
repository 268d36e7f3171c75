"""What every reader of an LMS's download takes and gives: a place with entries, and whose each is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from ..model import Note
from .files import Top

if TYPE_CHECKING:
    from .roster import Roster


@dataclass(frozen=True)
class Owner:
    """Whose a top-level entry is.

    Attributes
    ----------
    key
        The student as the entry names them: a folder's name, Moodle's participant number,
        Canvas's user id, Blackboard's username.
    lms
        The LMS whose convention this is, or None for a plain folder or zip.
    late
        The LMS itself says that this is late.
    file
        For an entry that is itself a file: its name as the student gave it.
    received
        When the LMS itself says that it arrived.
    attempt
        Entries of one student with different labels are different attempts.
    others
        ``(column of the roster, value)``: more that the LMS tells of this student.
    named
        The key is a name, which its owner may have chosen: no id, whatever it looks like.
    mark
        A number that the LMS gives out once in a download, such as an attachment's.
    doubt
        What the entry may mean as well, where nothing decides: then it is nobody's.
    """

    key: str
    lms: str | None = None
    name: str | None = None
    late: bool = False
    file: str | None = None
    received: datetime | None = None
    attempt: str = ""
    others: tuple[tuple[str, str], ...] = ()
    named: bool = False
    mark: str = field(default="", compare=False)
    doubt: tuple[Owner, ...] = ()

    @property
    def ids(self) -> dict[str, str]:
        """How the LMS names this student, by column of the roster."""
        if self.doubt or self.named:
            return {}
        return ({self.lms: self.key} if self.lms else {}) | dict(self.others)


@dataclass(frozen=True)
class Part:
    """A top-level entry and its owner. A group's entry comes once for each member."""

    top: Top
    owner: Owner


@dataclass(frozen=True)
class Place:
    """What a reader may look at.

    Attributes
    ----------
    tops
        The entries that no reader before has claimed.
    read
        The bytes of a file at the top, by name. Raises `UsageError` where it cannot be read.
    """

    label: str
    tops: Sequence[Top]
    read: Callable[[str], bytes]
    roster: Roster | None
    tz: tzinfo

    def file(self, name: str) -> Top | None:
        """The file at the top with this name, whatever its case."""
        return next((t for t in self.tops if not t.is_dir and t.name.casefold() == name), None)

    def where(self, name: str) -> str:
        return f"{self.label}/{name}"


@dataclass
class Claim:
    """What a reader recognised: work with its owners, and entries that are the LMS's own (``used``)."""

    parts: list[Part] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        return self.used | {part.top.name for part in self.parts}


Reader = Callable[[Place], Claim]
Readings = Callable[[Top], list[Owner]]
