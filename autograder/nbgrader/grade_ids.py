"""Which of our cells a notebook holds, whatever its file is called."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..collect.nbjson import MAX_FILE_BYTES, load


def grade_ids(path: Path) -> frozenset[str]:
    """The ``grade_id`` of every cell that has one; none for a file that is no notebook."""
    try:
        with path.open("rb") as file:
            loaded = load(file.read(MAX_FILE_BYTES + 1))
    except OSError:
        return frozenset()
    cells = loaded.tree["cells"] if loaded.tree is not None else []
    return frozenset(i for cell in cells if isinstance(i := _grade_id(cell), str))


def _grade_id(cell: Any) -> Any:
    meta = cell.get("metadata") if isinstance(cell, dict) else None
    ours = meta.get("nbgrader") if isinstance(meta, dict) else None
    return ours.get("grade_id") if isinstance(ours, dict) else None
