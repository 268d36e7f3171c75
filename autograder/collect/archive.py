"""The zip of a class, as an LMS or an instructor made it."""

from __future__ import annotations

import os
import threading
import zipfile
from datetime import tzinfo
from pathlib import Path

from ..errors import UsageError, reason
from ..i18n import Text
from ..model import Note
from .files import MAX_ENTRIES, Listing, Top, is_checkpoints
from .members import BROKEN, member_file, open_zip, vetted
from .texts import note, show


class ZipStore:
    """The submissions in a zip.

    Parameters
    ----------
    path
        The zip; it stays open, once in each process that reads.
    tz
        The time zone of its entries: a zip stores local times without one.
    base
        The names of wrapper folders to look into.

    Raises
    ------
    UsageError
        The file is no zip, or a broken one.
    """

    def __init__(self, path: Path, tz: tzinfo, base: tuple[str, ...] = ()) -> None:
        self.label = str(path)
        self.notes: list[Note] = []
        self._path = path
        self._tz = tz
        self._base = base
        self._lock = threading.Lock()
        self._archives: dict[int, zipfile.ZipFile] = {}
        self._members: dict[str, list[tuple[tuple[str, ...], zipfile.ZipInfo]]] = {}
        self._refused: dict[str, list[Note]] = {}
        self._folders: set[str] = set()
        for parts, info in vetted(self._archive(), self._refuse):
            if parts[: len(base)] == base and len(parts) > len(base):
                if not is_checkpoints(parts[len(base)]):
                    self._add(parts[len(base) :], info)
            elif not info.is_dir():
                self.notes.append(note("stray_file", path="/".join(parts)))

    def tops(self) -> list[Top]:
        names = {*self._members, *self._folders, *self._refused} - {""}
        return [Top(n, n in self._folders) for n in sorted(names)]

    def children(self, top: Top) -> set[str]:
        """Names directly below a top-level folder; a folder's ends in ``/``."""
        names = self._members.get(top.name, [])
        below = {p[0] + ("/" if len(p) > 1 or info.is_dir() else "") for p, info in names if p}
        return {name for name in below if not is_checkpoints(name.rstrip("/"))}

    def walk(self, top: Top) -> Listing:
        listing = Listing(notes=list(self._refused.get(top.name, [])))
        members = [(p, i) for p, i in self._members.get(top.name, []) if not i.is_dir()]
        if len(members) > MAX_ENTRIES:
            listing.notes.append(note("too_many_files", path=top.name, limit=MAX_ENTRIES))
        for parts, info in members[:MAX_ENTRIES]:
            path = "/".join(parts) or top.name
            listing.files.append(member_file(self._archive, info, path, self._tz))
        return listing

    def _add(self, parts: tuple[str, ...], info: zipfile.ZipInfo) -> None:
        self._members.setdefault(parts[0], []).append((parts[1:], info))
        if len(parts) > 1 or info.is_dir():
            self._folders.add(parts[0])

    def _refuse(self, parts: tuple[str, ...] | None, refused: Note) -> None:
        """Keep a note with the student it concerns, if one can be told."""
        depth = len(self._base)
        if parts is None or len(parts) <= depth + 1 or parts[:depth] != self._base:
            self.notes.append(refused)
        else:
            self._folders.add(parts[depth])
            self._refused.setdefault(parts[depth], []).append(refused)

    def _archive(self) -> zipfile.ZipFile:
        # After a fork the file offset would be shared with the parent, hence one for each process.
        with self._lock:
            pid = os.getpid()
            if pid not in self._archives:
                try:
                    self._archives[pid] = open_zip(self._path)
                except BROKEN as error:
                    raise _not_a_zip(self._path, error) from None
            return self._archives[pid]


def _not_a_zip(path: Path, error: BaseException) -> UsageError:
    why = reason(error)
    return UsageError(
        Text(
            f"{path}: not a readable zip ({show(why.en)}). Was it downloaded completely? Give the LMS's zip, or a "
            "folder with one folder per student.",
            f"{path}: zip として読み込めません（{show(why.ja)}）。最後までダウンロードできているか確かめてください。"
            "LMS の zip か、学生ごとのフォルダーを収めたフォルダーを指定します。",
        )
    )
