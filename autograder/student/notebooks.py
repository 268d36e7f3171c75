"""Which unit notebooks a student has begun: those whose code is not as they were given out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

RECORD = ".stubs/notebooks.json"  # below exercises/: file name -> `code_digest` as given out
FOLDER = "notebooks"


def code_digest(text: str) -> str | None:
    """SHA-256 of a notebook's code cells; None for what is no notebook. Outputs and texts do not count."""
    try:
        cells = json.loads(text)["cells"]
        sources = ["".join(c["source"]) for c in cells if c["cell_type"] == "code" and "".join(c["source"]).strip()]
    except (ValueError, KeyError, TypeError):
        return None
    return hashlib.sha256("\0".join(sources).encode("utf-8", "surrogatepass")).hexdigest()


def record(files: Iterable[tuple[str, str]]) -> str:
    """The `RECORD` of notebooks as they are given out: pairs of file name and text."""
    return json.dumps({name: code_digest(text) for name, text in files}, indent=2) + "\n"


def begun_notebooks(exercises: Path) -> list[Path]:
    """The notebooks below ``exercises/`` whose code was changed; one that cannot be read counts."""
    try:
        given = json.loads((exercises / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    found = []
    for name, digest in sorted(given.items()):
        path = exercises / FOLDER / name
        if path.is_file() and code_digest(path.read_text(encoding="utf-8", errors="replace")) != digest:
            found.append(path)
    return found
