"""What a target is: an LMS seen as people, what is stored for them, and a way to change it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from ...i18n import Text
from ..rows import GradeRow

if TYPE_CHECKING:
    from .journal import Journal


@dataclass(frozen=True)
class Person:
    """Somebody who may be graded.

    Attributes
    ----------
    user
        The id by which the LMS is told whom to grade.
    ids
        Other ids, by kind, in the form of `rows.normal_id`.
    """

    user: str
    name: str | None = None
    ids: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stored:
    """What the LMS holds for one student.

    Attributes
    ----------
    score
        On the scale of the destination's maximum; None where there is no grade.
    comments
        All comments there are; None where the LMS does not let us read them.
    locked
        Why no grade may be given (excused, not assigned), else None.
    """

    score: Decimal | None = None
    comments: tuple[str, ...] | None = ()
    locked: Text | None = None


@dataclass(frozen=True)
class Change:
    """What shall be stored for one student.

    Attributes
    ----------
    score
        On the destination's scale.
    comment
        Plain text that shall be there, None to leave comments alone.
    send_score, send_comment
        Which of the two differ from what is stored.
    """

    student: str
    user: str
    name: str | None
    was: Stored
    score: Decimal
    comment: str | None
    send_score: bool = True
    send_comment: bool = False

    @property
    def carried(self) -> str | None:
        """The comment of a request that replaces both: what shall be there, or what is there already."""
        if self.comment is not None:
            return self.comment
        return next((text for text in self.was.comments or () if text), None)


@dataclass(frozen=True)
class Destination:
    """The assignment, activity or line item that gets the scores.

    Attributes
    ----------
    key
        Names it for ever, for the journal.
    maximum
        Most points that it can hold; None if it takes any scale.
    notes
        What the teacher should know before sending.
    comments
        Whether it has a place for comments.
    appends
        Whether a new comment stands below the old ones instead of replacing them.
    together
        Whether whatever is sent replaces score and comment both.
    """

    key: str
    title: str
    maximum: Decimal | None
    notes: tuple[Text, ...] = ()
    comments: bool = True
    appends: bool = False
    together: bool = False


class Target(Protocol):
    """One protocol. Every method may raise `UploadError` or `Denied`."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of id that name a user, the surest first."""
        ...

    @property
    def own_kinds(self) -> tuple[str, ...]:
        """Of these, what a gradebook's own student id may be."""
        ...

    @property
    def tolerance(self) -> Decimal:
        """How far a stored score may be from the one sent, for the LMS's rounding alone."""
        ...

    def open(self, maximum: Decimal) -> Destination:
        """Find the destination; `maximum` is that of the column that will be sent."""
        ...

    def people(self, rows: Sequence[GradeRow]) -> list[Person]:
        """Who may be graded there."""
        ...

    def settle(self, journal: Journal, wait: bool) -> None:
        """See to it that nothing that an earlier run began is still going on; at once unless `wait`."""
        ...

    def read(self, users: Collection[str], comments: bool) -> dict[str, Stored]:
        """What is stored for these users; `comments` if those matter."""
        ...

    def send(self, changes: Sequence[Change], journal: Journal) -> Iterator[tuple[Change, Text | None]]:
        """Send, and yield each change when it was accepted, or with the reason why not."""
        ...
