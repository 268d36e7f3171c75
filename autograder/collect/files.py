"""Files that a store (a folder, a zip) offers, before anyone has read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Protocol

from ..i18n import Text
from ..model import Note
from .texts import note

MAX_ENTRIES = 10_000  # files and folders of one submission
MAX_DEPTH = 32
MAX_NOTES = 20  # of one kind in one submission

# Made by operating systems and tools, not by the student: not worth a note.
_IGNORED = frozenset(
    [
        "__macosx",
        ".ds_store",
        "thumbs.db",
        "desktop.ini",
        ".git",
        ".svn",
        ".hg",
        ".gitignore",
        ".idea",
        ".vscode",
        "__pycache__",
        ".pytest_cache",
        ".mypy_cache",
        ".ruff_cache",
        ".venv",
        "venv",
        ".autograder",
    ]
)


class UnreadableFile(Exception):
    """The bytes of one file cannot be had; ``text`` is for the student."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True)
class File:
    """One file of a submission.

    Attributes
    ----------
    path
        Below the student's folder, with ``/``. For people to read; nothing opens it.
    modified
        When it was last changed, as far as its own container says; orders duplicates.
    received
        When it arrived: differs from `modified` inside a student's own zip, whose times the
        student's computer wrote.
    """

    path: str
    modified: datetime | None
    received: datetime | None
    opener: Callable[[int], bytes] = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name

    @property
    def depth(self) -> int:
        return self.path.count("/")

    def read(self, limit: int) -> bytes:
        """At most `limit` bytes from the start.

        Raises
        ------
        UnreadableFile
            With the reason, in words for the student.
        """
        return self.opener(limit)

    def under(self, folder: str) -> File:
        return replace(self, path=f"{folder}/{self.path}")


@dataclass
class Listing:
    """The files below one top-level entry, and what was refused on the way."""

    files: list[File] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True)
class Top:
    """An entry at the top of what is graded: a student's folder, or a file."""

    name: str
    is_dir: bool


class Store(Protocol):
    """A place with submissions. Safe to read from several threads and after a fork."""

    label: str
    notes: list[Note]

    def tops(self) -> list[Top]:
        """The top-level entries, in order of name."""

    def children(self, top: Top) -> set[str]:
        """Names directly below a top-level folder; a folder's ends in ``/``."""

    def walk(self, top: Top) -> Listing:
        """The files below `top` (paths relative to it), or the file `top` itself."""


def ignored(name: str) -> bool:
    """Whether a file or folder of this name is left out without a word."""
    folded = name.casefold()
    return folded in _IGNORED or name.startswith(("._", "~$")) or folded.endswith((".pyc", ".pyo"))


def is_checkpoints(name: str) -> bool:
    """Whether a folder holds Jupyter's copies of older states: nobody's own, but perhaps all that a student packed."""
    return name.casefold() == ".ipynb_checkpoints"


def capped(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Without repetitions, and at most `MAX_NOTES`; a last note counts the others."""
    unique = list(dict.fromkeys(notes))
    if len(unique) <= MAX_NOTES:
        return tuple(unique)
    return (*unique[:MAX_NOTES], note("unknown_more", count=len(unique) - MAX_NOTES))
