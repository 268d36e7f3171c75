"""Which of our cells a notebook holds, whatever its file is called."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..collect.notebook import MAX_BYTES


def grade_ids(path: Path) -> frozenset[str]:
    """The ``grade_id`` of every cell that has one; none for a file that is no notebook."""
    try:
        with path.open("rb") as file:
            tree = json.loads(file.read(MAX_BYTES))
        return frozenset(i for cell in tree["cells"] if isinstance(i := _grade_id(cell), str))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return frozenset()


def _grade_id(cell: Any) -> Any:
    meta = cell.get("metadata") if isinstance(cell, dict) else None
    ours = meta.get("nbgrader") if isinstance(meta, dict) else None
    return ours.get("grade_id") if isinstance(ours, dict) else None
