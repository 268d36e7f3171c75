"""Write a file whole or not at all: a reader sees the old one until the new one is complete.

What is written about students is for its owner alone, whatever the umask: files get mode 0600,
folders of ours 0700. A symbolic link in an output folder may have been put there by somebody
else, so none is followed: a file takes the place of a link, and a folder or a database that is
one is refused.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

from .errors import GraderError, reason
from .i18n import Text


@contextmanager
def atomic(path: Path) -> Iterator[TextIO]:
    """A UTF-8 text file that takes the place of `path` when the block ends without an error.

    Lone surrogates (from file names that are not UTF-8) are written out as ``\\udc80``.

    Raises
    ------
    GraderError
        The file cannot be written, for example on a full disk.
    """
    with _replacing(path, public=False, encoding="utf-8", errors="backslashreplace", newline="") as file:
        yield file


def write_atomic(path: Path, data: bytes, *, public: bool = False) -> None:
    """Put `data` at `path`; what was there stays until the new file is complete and on the disk.

    Parameters
    ----------
    public
        It says nothing of any student, so its mode is what the umask leaves.

    Raises
    ------
    GraderError
        The file cannot be written, for example on a full disk.
    """
    with _replacing(path, public) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def make_folder(path: Path, *, ours: bool = False) -> None:
    """Make a folder where there is none, for its owner alone.

    Parameters
    ----------
    ours
        Nothing but our own output is in it: it is closed to others even if it was there, and
        refused if it is a link.

    Raises
    ------
    GraderError
    """
    with _told(path):
        if ours:
            _refuse_link(path)
        _make_folders(path)
        if ours:
            _close_to_others(path, 0o700)


def prepare_database(path: Path) -> None:
    """See to it that a database of ours, there or not yet, is a file of its own and for its owner alone.

    Raises
    ------
    GraderError
        It, or SQLite's journal beside it, is a symbolic link.
    """
    with _told(path):
        for name in (path, *(path.with_name(path.name + suffix) for suffix in ("-wal", "-shm", "-journal"))):
            _refuse_link(name)
        if path.parent.is_dir():  # else SQLite says what is wrong
            with suppress(FileExistsError):
                os.close(_create(path, 0o600))
        _close_to_others(path, 0o600)


def _make_folders(path: Path) -> None:
    for folder in reversed([path, *path.parents]):
        if not folder.is_dir():
            folder.mkdir(exist_ok=True)
            os.chmod(folder, 0o700)


def _refuse_link(path: Path) -> None:
    if path.is_symlink():
        raise GraderError(_LINK.format(path=path))


def _close_to_others(path: Path, mode: int) -> None:
    with suppress(OSError):  # somebody else's: then it is theirs to close
        os.chmod(path, mode)


def _create(path: Path, mode: int) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return os.open(path, flags, mode)


@contextmanager
def _replacing(path: Path, public: bool, **text: Any) -> Iterator[Any]:
    temporary = path.parent / f".writing-{secrets.token_hex(8)}.tmp"
    try:
        with _told(path):
            if public:
                path.parent.mkdir(parents=True, exist_ok=True)
            else:
                _make_folders(path.parent)
            descriptor = _create(temporary, 0o666 if public else 0o600)
            with open(descriptor, "w" if text else "wb", **text) as file:
                if not public:
                    _close_to_others(temporary, 0o600)  # an umask may take more than it should
                yield file
            os.replace(temporary, path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = reason(error)
        raise GraderError(
            Text(f"{path}: cannot be written ({why.en})", f"{path}: 書き込めません（{why.ja}）")
        ) from error


_LINK = Text(
    "{path}: a symbolic link, which could lead what is written anywhere. Remove it, or choose another folder.",
    "{path}: シンボリックリンクです。別の場所に書き込むおそれがあるため、使いません。"
    "リンクを削除するか、別のフォルダーを指定してください。",
)
