"""Markdown as blocks of lines, which a terminal and a page show each in its own way."""

from __future__ import annotations

import re

ITEM = re.compile(r"^(\s*)([-*]|\d+\.)\s+(.*)$")  # indent, mark, text
HEADING = re.compile(r"^#{1,6}\s+")
# The line below a table's head. Without one, a line with bars is prose: |x| is an absolute value.
RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
# Code (2), formulas that stand alone (3) and in a line (4), gaps (5); a dollar sign before a number is money.
VERBATIM = re.compile(r"(`+)(.+?)\1|\$\$(.+?)\$\$|(?<!\\)\$(?!\s)([^$\n]+?)(?<!\s)\$(?!\d)|\[\[([\w-]+)\]\]", re.DOTALL)
# Between Japanese characters, and beside their punctuation, a line's end is no blank.
_WIDE = re.compile(r"(?<=[^\x00-\u02ff])\n(?=[^\x00-\u02ff])|(?<=[、。，．（「：])\n")


def blocks(text: str) -> list[list[str]]:
    """Lines that belong together: a paragraph, a list, a table, a fenced program, a displayed formula."""
    found: list[list[str]] = [[]]
    fence = ""
    lines = text.strip("\n").replace("\r\n", "\n").split("\n")
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
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
        elif HEADING.match(line):
            found += [[line], []]
        elif kind([line, below]) == "table" or not _belongs(found[-1], line):
            found.append([line])
        else:
            found[-1].append(line)
    return [block for block in found if block]


def kind(block: list[str]) -> str:
    """What a block outside of fences is: ``table``, ``numbers``, ``list`` or ``prose``."""
    if len(block) > 1 and _bar(block[0]) and "|" in block[1] and RULE.match(block[1]):
        return "table"
    item = ITEM.match(block[0])
    return "prose" if item is None else "numbers" if item[2][0].isdigit() else "list"


def _belongs(block: list[str], line: str) -> bool:
    """Whether a line goes on with the block above it."""
    if not block or kind([block[0], line]) == "table":
        return True
    same = _bar(line) if kind(block) == "table" else kind([line]) == kind(block)
    return same or _continues(block, line)


def _bar(line: str) -> bool:
    return line.lstrip().startswith("|")


def cells(line: str) -> list[str]:
    """The cells of a table's row; a bar inside code or a formula separates nothing."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\0{len(kept) - 1}\0"

    masked = VERBATIM.sub(keep, line.strip()).removeprefix("|").removesuffix("|")
    return [re.sub(r"\0(\d+)\0", lambda m: kept[int(m[1])], cell).strip() for cell in masked.split("|")]


def one(lines: list[str]) -> str:
    """The lines of a paragraph as one."""
    return _WIDE.sub("", "\n".join(line.strip() for line in lines)).replace("\n", " ")


def _continues(block: list[str], line: str) -> bool:
    """Whether an indented line goes on with a list's item; a list may have lists in it."""
    return kind(block) in ("list", "numbers") and line.startswith("  ")
