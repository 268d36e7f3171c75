"""Submissions in a folder. Nothing below it is followed out of it: links are noted, never opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from ..errors import reason
from ..i18n import Text
from ..model import Note
from .files import MAX_DEPTH, MAX_ENTRIES, File, Listing, Top, UnreadableFile, ignored, is_checkpoints
from .texts import note, problem

_SPECIAL = Text("not a regular file", "通常のファイルではありません")


class FolderStore:
    """A folder with one folder per student.

    Parameters
    ----------
    root
        May itself be a link: the instructor named it.
    """

    def __init__(self, root: Path) -> None:
        self.label = str(root)
        self.notes: list[Note] = []
        self._root = root.resolve()
        self._paths: dict[str, Path] = {}
        self._tops: list[Top] = []
        for entry in _scan(self._root, "", self.notes):
            kind = _kind(entry)
            if is_checkpoints(entry.name):
                continue
            if kind in ("folder", "file"):
                name = readable(entry.name)
                while name in self._paths:  # two spellings of one name on the disk
                    name += "_"
                top = Top(name, kind == "folder")
                self._tops.append(top)
                self._paths[top.name] = Path(entry.path)
            else:
                self.notes.append(note(kind, path=readable(entry.name)))

    def tops(self) -> list[Top]:
        return self._tops

    def children(self, top: Top) -> set[str]:
        """Names directly below a top-level folder; a folder's ends in ``/``."""
        entries = _scan(self._paths[top.name], "", [], MAX_ENTRIES)
        return {readable(e.name) + ("/" if _kind(e) == "folder" else "") for e in entries if not is_checkpoints(e.name)}

    def inside(self, top: Top) -> FolderStore:
        """The store of what lies in a top-level folder."""
        return FolderStore(self._paths[top.name])

    def walk(self, top: Top) -> Listing:
        path = self._paths[top.name]
        return walk_folder(path) if top.is_dir else Listing([_file(path, top.name, path.lstat())])


def readable(name: str) -> str:
    """A file name as text: bytes that the file system could not decode are read as UTF-8, else cp932."""
    raw = os.fsencode(name)
    for codec in ("utf-8", "cp932"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def walk_folder(root: Path) -> Listing:
    """What lies below a folder, shallowest first, so that the cap on entries cuts the deepest."""
    listing = Listing()
    waiting = [(root, "")]
    count = 0
    for folder, prefix in waiting:
        for entry in _scan(folder, prefix, listing.notes, MAX_ENTRIES + 1):
            count += 1
            if count > MAX_ENTRIES:
                listing.notes.append(note("too_many_files", path=prefix or ".", limit=MAX_ENTRIES))
                return listing
            path = prefix + readable(entry.name)
            kind = _kind(entry)
            if kind == "folder" and path.count("/") >= MAX_DEPTH:
                listing.notes.append(note("too_deep", path=path))
            elif kind == "folder":
                waiting.append((Path(entry.path), f"{path}/"))
            elif kind == "file":
                listing.files.append(_file(Path(entry.path), path, entry.stat(follow_symlinks=False)))
            else:
                listing.notes.append(note(kind, path=path))
    return listing


def _scan(folder: Path, prefix: str, notes: list[Note], limit: int | None = None) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            found = list(islice((e for e in entries if not ignored(e.name)), limit))
    except OSError as error:
        notes.append(note("unlistable", path=prefix or folder.name, reason=reason(error)))
        return
    yield from sorted(found, key=lambda e: e.name)


def _kind(entry: os.DirEntry[str]) -> str:
    """``folder``, ``file``, or the code of the note that says why it is neither."""
    if entry.is_symlink() or getattr(entry, "is_junction", bool)():
        return "symlink"
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    return "file" if entry.is_file(follow_symlinks=False) else "special_file"


def _file(path: Path, shown: str, status: os.stat_result) -> File:
    try:
        modified = datetime.fromtimestamp(status.st_mtime, UTC)
    except (OverflowError, ValueError, OSError):
        modified = None
    return File(shown, modified, modified, lambda limit: _read(path, limit))


def _read(path: Path, limit: int) -> bytes:
    # The kind was checked when listing; the flags keep that true if the entry was swapped since.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise UnreadableFile(problem("unreadable", reason=_SPECIAL))
            return file.read(limit)
    except OSError as error:
        raise UnreadableFile(problem("unreadable", reason=reason(error))) from None
