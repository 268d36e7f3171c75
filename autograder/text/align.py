"""Text in a terminal's columns: full-width characters take two.

*Ambiguous* characters count as one column here and are double-width in CJK fonts, so aligned
text uses only ASCII ``-`` and ``|`` as rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from unicodedata import combining, east_asian_width

FIXED = "\u00a0"  # a blank at which no line may end
_NOT_FIRST = set("、。，．・：；？！）」』】〉》ーっゃゅょッャュョぁぃぅぇぉァィゥェォ,.:;?!)]}")
_NOT_LAST = set("（「『【〈《([{")


def columns(text: str) -> int:
    """How many columns `text` takes."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def pad(text: str, width: int, right: bool = False) -> str:
    """`text` filled with spaces to `width` columns; ``right`` puts the text at the right end."""
    space = " " * max(0, width - columns(text))
    return space + text if right else text + space


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lines of a table with ``|`` between the columns; all but the first are set to the right."""
    cells = [list(header), *map(list, rows)]
    widths = [max(columns(row[i]) for row in cells) for i in range(len(header))]
    lines = [" | ".join(pad(c, w, i > 0) for i, (c, w) in enumerate(zip(row, widths, strict=True))) for row in cells]
    return [lines[0].rstrip(), "-|-".join("-" * w for w in widths), *(line.rstrip() for line in lines[1:])]


def hanging(label: str, text: str, width: int) -> list[str]:
    """A label and prose beside it, whose further lines are below its beginning."""
    room = columns(label)
    return [(label if i == 0 else " " * room) + line for i, line in enumerate(wrap(text, width - room))]


def wrap(text: str, width: int) -> list[str]:
    """Break one line of prose into lines of at most `width` columns.

    Breaks at spaces, and between full-width characters, but never before 、 or 。 nor after （, and within
    code or a command only where it is longer than a line.
    """
    lines, line = [], ""
    for piece in _whole(text, width):
        if line and columns(line) + columns(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
            piece = piece.lstrip()
        line += piece
    return [found.replace(FIXED, " ") for found in (*lines, line.rstrip())]


# Code in backticks, and a command as a message names it: in quotes, or up to the sentence's end.
_COMMAND = re.compile(r"`[^`\n]+`|'(?:autograder|python|pip) [^'\n]*'|(?:autograder|python|pip)(?: [\w./=<>\[\]-]+)+")


def _whole(text: str, width: int) -> list[str]:
    """The pieces of a text; code and commands that fit on a line are one piece."""
    pieces: list[str] = []
    at = 0
    for match in _COMMAND.finditer(text):
        if columns(match[0]) < width:
            pieces += _joined(pieces, _pieces(text[at : match.start()]))
            pieces += _joined(pieces, [match[0]])
            at = match.end()
    return pieces + _joined(pieces, _pieces(text[at:]))


def _joined(before: list[str], pieces: list[str]) -> list[str]:
    """Further pieces; the first goes to the piece before it where no line may end between them."""
    if before and pieces and not _may_end(before[-1][-1], pieces[0][0]):
        before[-1] += pieces[0]
        return pieces[1:]
    return pieces


def _may_end(last: str, char: str) -> bool:
    """Whether a line may end between two characters."""
    if char == " " or char in _NOT_FIRST or last in _NOT_LAST:
        return False
    return last == " " or east_asian_width(char) in "WF" or east_asian_width(last) in "WF"


def _pieces(text: str) -> list[str]:
    """What may not be broken further."""
    pieces: list[str] = []
    for char in text:
        if pieces and not _may_end(pieces[-1][-1], char):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Cells set in columns, two blanks apart."""
    if not rows:
        return []
    widths = [max(columns(row[i]) for row in rows) for i in range(len(rows[0]))]
    rows = [[cell.replace(FIXED, " ") for cell in row] for row in rows]
    return ["  ".join(pad(cell, w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows]
