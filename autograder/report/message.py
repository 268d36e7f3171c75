"""A test's message, which is written for a terminal, as paragraphs, code and tables.

The message comes as lines (see `autograder.testing.explain`): the call, sentences, an aligned table
with ``|`` between its columns, the likely cause. Nothing here must understand a line to show
it: what is not recognised is a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_CODE = re.compile(
    r"[A-Za-z_][\w.]*\(.*\)$|[A-Za-z_][\w.]*(Error|Exception|Warning|Exit|Interrupt)\b|\s*>>>|Traceback "
)


@dataclass(frozen=True)
class Block:
    """A piece of a message: ``rows`` for a table (the first is its header), ``text`` otherwise."""

    kind: Literal["text", "code", "table"]
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(message: str, cause: str = "") -> list[Block]:
    """The blocks of a message.

    Parameters
    ----------
    cause
        A sentence that is shown elsewhere; the line that repeats it is left out.
    """
    found: list[Block] = []
    table: list[tuple[str, ...]] = []
    in_code = False
    for line in message.splitlines():
        cells = tuple(cell.strip() for cell in line.split("|"))
        if len(cells) > 1 and (not table or len(cells) == len(table[0])):
            if not all(cell and not cell.strip("-") for cell in cells):  # the rule below a header
                table.append(cells)
            continue
        found += _table(table)
        table = []
        if not line.strip() or (cause and line.rstrip().endswith(cause)):
            continue
        # The lines after an exception's first belong to it as long as they are indented.
        in_code = bool(_CODE.match(line)) or (in_code and line.startswith((" ", "\t")))
        found.append(Block("code" if in_code else "text", line.rstrip() if in_code else line.strip()))
    return _joined(found + _table(table))


def _table(rows: list[tuple[str, ...]]) -> list[Block]:
    if len(rows) == 1:  # one line with a bar in it is no table: `x | y`
        return [Block("text", " | ".join(rows[0]))]
    return [Block("table", rows=tuple(rows))] if rows else []


def _joined(found: list[Block]) -> list[Block]:
    """Neighbouring lines of code are one block."""
    out: list[Block] = []
    for block in found:
        if block.kind == "code" and out and out[-1].kind == "code":
            out[-1] = Block("code", f"{out[-1].text}\n{block.text}")
        else:
            out.append(block)
    return out
