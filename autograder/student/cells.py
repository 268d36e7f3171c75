"""A student's file that was put together from a notebook's cells: run it as a grader runs them.

A file beside it, ``cells.json``, says where each cell begins. A cell that fails is told and the
next one runs; what a failing cell had defined before stays. Only if a function is missing in
the end does the failure count.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from .deadline import Overtime
from .source import last_line

NAME = "cells.json"


def write_cells(folder: Path, starts: Sequence[int], functions: Sequence[str]) -> None:
    """Say of the file in `folder` at which lines its cells begin, and what must be defined after them."""
    (folder / NAME).write_text(json.dumps({"starts": [*starts], "functions": [*functions]}), encoding="utf-8")


def run_source(source: str, path: Path, namespace: dict[str, Any]) -> None:
    """Run a student's file in `namespace`, whole or cell by cell.

    Raises
    ------
    BaseException
        Whatever the code raises; of cells, only where a function is missing afterwards.
    """
    try:
        data = json.loads((path.parent / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        exec(compile(source, str(path), "exec", dont_inherit=True), namespace)
        return
    first: BaseException | None = None
    for cell in _cells(source, data["starts"]):
        try:
            exec(compile(cell, str(path), "exec", dont_inherit=True), namespace)
        except Overtime:
            raise
        except BaseException as error:
            first = first or error
            print(f"{path.name}:{last_line(error, path)}: {type(error).__name__}: {error}")
    if first is not None and any(name not in namespace for name in data["functions"]):
        raise first


def _cells(source: str, starts: Sequence[int]) -> Iterator[str]:
    """The cells of a file, each behind as many empty lines as keep its line numbers; the first line is everyone's."""
    lines = source.split("\n")
    for begin, end in zip(starts, [*starts[1:], len(lines) + 1], strict=True):
        yield "\n".join([lines[0], *[""] * (begin - 2), *lines[begin - 1 : end - 1]]) + "\n"
