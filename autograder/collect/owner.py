"""Whose an entry of a class's submissions is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from .files import Top


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
