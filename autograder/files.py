"""Write a file whole or not at all: a reader sees the old one until the new one is complete."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, TextIO

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
    with _replacing(path, lambda new: open(new, "x", encoding="utf-8", errors="backslashreplace", newline="")) as file:
        yield file


def write_atomic(path: Path, data: bytes) -> None:
    """Put `data` at `path`; what was there stays until the new file is complete and on the disk.

    Raises
    ------
    GraderError
        The file cannot be written, for example on a full disk.
    """
    with _replacing(path, lambda new: open(new, "xb")) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _replacing(path: Path, create: Callable[[Path], IO[Any]]) -> Iterator[Any]:
    temporary = path.parent / f".writing-{secrets.token_hex(8)}.tmp"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with create(temporary) as file:
            yield file
        os.replace(temporary, path)
    except OSError as error:
        why = reason(error)
        raise GraderError(
            Text(f"{path}: cannot be written ({why.en})", f"{path}: 書き込めません（{why.ja}）")
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
