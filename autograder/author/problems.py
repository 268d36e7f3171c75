"""What `validate` finds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..i18n import Text


@dataclass(frozen=True)
class Problem:
    """One finding. A warning does not fail the validation."""

    file: Path
    text: Text
    level: Literal["error", "warning"] = "error"


def error(file: Path, en: str, ja: str) -> Problem:
    return Problem(file, Text(en, ja))


def warning(file: Path, en: str, ja: str) -> Problem:
    return Problem(file, Text(en, ja), "warning")
