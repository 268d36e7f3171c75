"""A statement's Markdown as plain lines for a terminal."""

from __future__ import annotations

import re

from .align import aligned, columns, wrap
from .blocks import HEADING, ITEM, RULE, VERBATIM, blocks, cells, kind, one
from .formula import plain


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
    if HEADING.match(first):
        title = _inline(first.lstrip("#").strip())
        return [title, ("=" if first.startswith("# ") else "-") * columns(title)]
    if first.startswith("```"):
        return ["    " + line for line in block[1:-1]]
    if first.startswith("$$"):
        return ["    " + line for line in _formulas(plain("\n".join(block).replace("$$", " ")), width - 4)]
    what = kind(block)
    if what == "table":
        return _table(block)
    if what != "prose":
        return _list(block, width)
    return _paragraph(block, width, "", "")


def _formulas(text: str, width: int) -> list[str]:
    """Formulas side by side where there is room, else below each other."""
    lines = [""]
    for part in text.split("  "):
        if lines[-1] and columns(lines[-1]) + 2 + columns(part) <= width:
            lines[-1] += f"  {part}"
        else:
            lines.append(part)
    return [broken for line in lines if line for broken in wrap(line, width)]


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
    rows = [list(map(_inline, cells(line))) for line in block if not RULE.match(line)]
    longest = max(map(len, rows))
    return ["    " + line for line in aligned([row + [""] * (longest - len(row)) for row in rows])]


def _inline(text: str) -> str:
    """Without marks of emphasis; links as ``text (address)``; code stays in backticks."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        tex = match[3] or match[4]
        kept.append(plain(tex.strip()) if tex else match[0])
        return f"\0{len(kept) - 1}\0"

    said = _prose(VERBATIM.sub(keep, text.replace("\0", "\ufffd")).replace(r"\$", "$"))
    return re.sub(r"\0(\d+)\0", lambda m: kept[int(m[1])], said)


def _prose(text: str) -> str:
    text = re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r"\1 (\2)", text)
    text = re.sub(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", r"\1", text)
    return re.sub(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])", r"\1", text)
