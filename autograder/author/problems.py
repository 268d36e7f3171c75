"""What `validate` finds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..course.version import Version
from ..i18n import Text


@dataclass(frozen=True)
class Problem:
    """One finding. A warning does not fail the validation."""

    file: Path | Version
    text: Text
    level: Literal["error", "warning"] = "error"


def error(file: Path | Version, en: str, ja: str) -> Problem:
    return Problem(file, Text(en, ja))


def warning(file: Path | Version, en: str, ja: str) -> Problem:
    return Problem(file, Text(en, ja), "warning")


def shown(file: Path | Version, root: Path) -> str:
    """What a problem is about, as people read it."""
    if isinstance(file, Version):
        where = shown(file.file, root)
        return f"{where}:{file.line}: {file.name}" if file.line else where
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
