"""Markdown as blocks of lines, which a terminal and a page show each in its own way."""

from __future__ import annotations

import re

ITEM = re.compile(r"^(\s*)([-*]|\d+\.)\s+(.*)$")  # indent, mark, text
# Between Japanese characters, and beside their punctuation, a line's end is no blank.
_WIDE = re.compile(r"(?<=[^\x00-\u02ff])\n(?=[^\x00-\u02ff])|(?<=[、。，．（「：])\n")


def blocks(text: str) -> list[list[str]]:
    """Lines that belong together: a paragraph, a list, a table, a fenced program, a displayed formula."""
    found: list[list[str]] = [[]]
    fence = ""
    for line in text.strip("\n").replace("\r\n", "\n").split("\n"):
        mark = next((m for m in ("```", "$$") if line.strip().startswith(m)), "")
        if fence:
            found[-1].append(line)
            if fence in line:
                fence = ""
                found.append([])
        elif mark:
            found.append([line])
            if line.count(mark) == 1:
                fence = mark
            else:
                found.append([])
        elif not line.strip():
            found.append([])
        elif line.startswith("#"):
            found += [[line], []]
        elif found[-1] and kind(line) != kind(found[-1][0]) and not _continues(found[-1], line):
            found.append([line])
        else:
            found[-1].append(line)
    return [block for block in found if block]


def kind(line: str) -> str:
    """What a line outside of fences is: ``table``, ``numbers``, ``list`` or ``prose``."""
    if line.lstrip().startswith("|"):
        return "table"
    item = ITEM.match(line)
    return "prose" if item is None else "numbers" if item[2][0].isdigit() else "list"


def one(lines: list[str]) -> str:
    """The lines of a paragraph as one."""
    return _WIDE.sub("", "\n".join(line.strip() for line in lines)).replace("\n", " ")


def _continues(block: list[str], line: str) -> bool:
    """Whether an indented line goes on with a list's item; a list may have lists in it."""
    return kind(block[0]) in ("list", "numbers") and line.startswith("  ")
