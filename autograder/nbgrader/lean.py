"""Import nbgrader at less than half its price.

nbgrader imports a Jupyter server, and that a validator of JSON, which compiles 38 grammars for
international web addresses: one second of CPU each time, for checks that no notebook's schema asks
for. The validator does without where the package is not installed, so that is what it is told.
"""

from __future__ import annotations

import importlib
import sys

_UNUSED = "rfc3987_syntax"


def import_nbgrader() -> None:
    """Import nbgrader, without the grammars that it never uses.

    Raises
    ------
    ModuleNotFoundError
        It is not installed.
    """
    if _UNUSED in sys.modules:
        importlib.import_module("nbgrader")
        return
    sys.modules[_UNUSED] = None  # type: ignore[assignment]  # Python's own sign for "not to be had"
    try:
        importlib.import_module("nbgrader")
    finally:
        del sys.modules[_UNUSED]
