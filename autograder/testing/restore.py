"""Give every run of a test the arrays that its author wrote.

A test file may hold an array in a module constant or a parameter, and many runs share it: of
each wrong version, and of a student's code, whose changes are written back to the test's own
arrays. One version that modifies its argument would so change what the next one is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest


class Pristine:
    """The arrays of test modules as they were when first met."""

    def __init__(self) -> None:
        self._saved: dict[Any, list[tuple[np.ndarray, np.ndarray]]] = {}

    def restore(self, item: pytest.Item) -> None:
        """Put back the arrays of the item's module and parameters; to be called before each run."""
        callspec = getattr(item, "callspec", None)
        module = getattr(item, "module", None)
        for owner, values in ((module, vars(module) if module else {}), (item, callspec.params if callspec else {})):
            if owner not in self._saved:
                self._saved[owner] = [(array, array.copy()) for array in _arrays(values)]
            for array, saved in self._saved[owner]:
                if array.shape != saved.shape:
                    array.shape = saved.shape
                if array.flags.writeable:
                    np.copyto(array, saved)


def _arrays(values: dict[str, Any]) -> Iterator[np.ndarray]:
    """The arrays among some values, also inside plain containers."""
    pending: list[Any] = [value for name, value in values.items() if not name.startswith("__")]
    seen: set[int] = set()
    while pending:
        value = pending.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, np.ndarray):
            yield value
        elif isinstance(value, (tuple, list)):
            pending.extend(value)
        elif isinstance(value, dict):
            pending.extend(value.values())
