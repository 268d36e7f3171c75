"""The zip that a student hands in: ``<id>.py``, ``<id>.yaml`` and notebooks, of what was begun.

The same files give the same bytes: entries are sorted, stamped with one date, and stored with
one set of permissions.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from .course import Exercise, Quiz

_DATE = (1980, 1, 1, 0, 0, 0)


def pack(exercises: Iterable[Exercise], quizzes: Iterable[Quiz] = (), notebooks: Iterable[Path] = ()) -> bytes:
    """The bytes of the zip."""
    files = {f"{e.id}.py": e.file for e in exercises} | {f"{q.id}.yaml": q.answers for q in quizzes}
    files |= {path.name: path for path in notebooks}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, wherever it is made
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return buffer.getvalue()


def write(path: Path, data: bytes) -> None:
    """Put the zip in its place at once, so that no half-written one is handed in.

    Raises
    ------
    OSError
    """
    new = path.with_name(path.name + ".part")
    new.write_bytes(data)
    new.replace(path)
