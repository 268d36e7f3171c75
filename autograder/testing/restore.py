"""Give every run of a test the values that its author wrote.

A test file may hold an array, a list or a dict in a module constant or a parameter, and many
runs share it: of each wrong version, and of a student's code. A test that changes one would so
change what the next run is asked.
"""

from __future__ import annotations

from typing import Any

import pytest

from ..testing.copies import Contents


class Pristine:
    """What test modules held when first met."""

    def __init__(self) -> None:
        self._saved: dict[Any, Contents] = {}

    def restore(self, item: pytest.Item) -> None:
        """Put back the values of the item's module and parameters; to be called before each run."""
        callspec = getattr(item, "callspec", None)
        module = getattr(item, "module", None)
        for owner, values in ((module, vars(module) if module else {}), (item, callspec.params if callspec else {})):
            if owner not in self._saved:
                self._saved[owner] = Contents([v for name, v in values.items() if not name.startswith("__")])
            self._saved[owner].restore()
