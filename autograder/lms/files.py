"""Write a file of bytes whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from ..errors import GraderError, reason
from ..i18n import Text


def write_atomic(path: Path, data: bytes) -> None:
    """Put `data` at `path`; what was there stays until the new file is complete and on the disk.

    Raises
    ------
    GraderError
        The file cannot be written, for example on a full disk.
    """
    temporary = path.parent / f".writing-{secrets.token_hex(8)}.tmp"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(temporary, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        why = reason(error)
        raise GraderError(
            Text(f"{path}: cannot be written ({why.en})", f"{path}: 書き込めません（{why.ja}）")
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
