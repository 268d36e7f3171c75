"""The step of ``generate_assignment`` that takes the solutions out."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

from nbgrader.preprocessors import ClearSolutions

from ..author.markers import BEGIN, Region, find_regions, parse


class ClearRegions(ClearSolutions):  # type: ignore[misc]
    """nbgrader's ClearSolutions, and no stub for a region of helpers outside every function.

    nbgrader would put ``raise NotImplementedError`` there as well, at the level of the module,
    and the cell would stop in that line however much a student has written.
    """

    def _replace_solution_region(self, cell: Any, language: str) -> bool:
        removed = False
        if cell.cell_type == "code" and BEGIN in cell.source:
            lines = cell.source.split("\n")
            for region in reversed(_helpers(cell.source)):
                del lines[region.begin - 1 : region.end]
                removed = True
            cell.source = "\n".join(lines)
        return bool(super()._replace_solution_region(cell, language)) or removed


def _helpers(source: str) -> list[Region]:
    """The regions that lie in no function."""
    here = Path("notebook")
    bodies = [
        (node.lineno, node.end_lineno or node.lineno)
        for node in ast.walk(parse(here, source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return [r for r in find_regions(here, source) if not any(a < r.begin <= b for a, b in bodies)]
