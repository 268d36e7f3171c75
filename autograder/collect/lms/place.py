"""What every reader of an LMS's download takes and gives: a place with entries, and what it recognised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo

from ...model import Note
from ..files import Top
from ..owner import Owner, Part
from ..roster import Roster


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
