"""A statement's Markdown as plain lines for a terminal."""

from __future__ import annotations

import re

from ..align import columns, wrap
from .blocks import ITEM, blocks, one
from .formula import plain
from .show import aligned


def render(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns: headings underlined, formulas in plain characters."""
    lines: list[str] = []
    for block in blocks(text):
        if lines:
            lines.append("")
        lines += _block(block, width)
    return lines


def _block(block: list[str], width: int) -> list[str]:
    first = block[0].strip()
    if first.startswith("#"):
        title = _inline(first.lstrip("#").strip())
        return [title, ("=" if first.startswith("# ") else "-") * columns(title)]
    if first.startswith("```"):
        return ["    " + line for line in block[1:-1]]
    if first.startswith("$$"):
        return ["    " + plain("\n".join(block).replace("$$", " "))]
    if first.startswith("|"):
        return _table(block)
    if ITEM.match(block[0]):
        return _list(block, width)
    return _paragraph(block, width, "", "")


def _paragraph(lines: list[str], width: int, first: str, rest: str) -> list[str]:
    broken = wrap(_inline(one(lines)), width - len(first))
    return [(first if i == 0 else rest) + line for i, line in enumerate(broken)]


def _list(block: list[str], width: int) -> list[str]:
    items: list[tuple[str, list[str]]] = []
    for line in block:
        match = ITEM.match(line)
        if match:
            items.append((f"  {match[1]}{match[2]} ", [match[3]]))
        else:
            items[-1][1].append(line)
    return [out for mark, lines in items for out in _paragraph(lines, width, mark, " " * len(mark))]


def _table(block: list[str]) -> list[str]:
    rows = [[_inline(cell.strip()) for cell in line.strip().strip("|").split("|")] for line in block]
    rows = [row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]
    longest = max(map(len, rows))
    return ["    " + line for line in aligned([row + [""] * (longest - len(row)) for row in rows])]


def _inline(text: str) -> str:
    """Without marks of emphasis; links as ``text (address)``; code stays in backticks."""
    parts = re.split(r"(`[^`]*`|\$[^$]+\$)", text)
    return "".join(
        part if part.startswith("`") else plain(part[1:-1]) if part.startswith("$") else _prose(part) for part in parts
    )


def _prose(text: str) -> str:
    text = re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r"\1 (\2)", text)
    return re.sub(r"(\*\*|\*)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
