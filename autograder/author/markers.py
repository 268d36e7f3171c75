"""The markers of a solution region, found in a file's comments.

A comment that merely looks like a marker is an error: a typo must never publish an answer.
"""

from __future__ import annotations

import ast
import difflib
import io
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import ContentError
from ..i18n import Text

BEGIN = "### BEGIN SOLUTION"
END = "### END SOLUTION"


@dataclass(frozen=True)
class Region:
    """Line numbers of a pair of markers, counted from 1."""

    begin: int
    end: int

    def holds(self, node: ast.stmt) -> bool:
        return self.begin < first_line(node) and (node.end_lineno or node.lineno) < self.end


def read_source(path: Path) -> str:
    """A Python file's text.

    Raises
    ------
    ContentError
        It is missing or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise problem(path, 0, "no such file", "ファイルがありません") from None
    except UnicodeDecodeError:
        raise problem(path, 0, "not UTF-8", "UTF-8 ではありません") from None


def find_regions(path: Path, source: str) -> list[Region]:
    """The pairs of markers, in order.

    Raises
    ------
    ContentError
        A marker is misspelt, has no partner, or lies inside another region.
    """
    found: list[Region] = []
    open_line = 0
    for number, comment, alone in comments(path, source):
        if comment not in (BEGIN, END):
            near = _nearest_marker(comment)
            if near:
                raise problem(
                    path,
                    number,
                    f"{comment!r} is no marker; write {near!r}",
                    f"{comment!r} は {near!r} ではありませんか",
                )
            continue
        if not alone:
            raise problem(
                path, number, f"{comment!r} needs a line of its own", f"{comment!r} は単独の行に書いてください"
            )
        if comment == BEGIN:
            if open_line:
                raise problem(
                    path,
                    number,
                    f"{BEGIN!r} inside the region that begins in line {open_line}",
                    f"{open_line} 行目で始まった範囲の中に {BEGIN!r} があります",
                )
            open_line = number
        elif not open_line:
            raise problem(path, number, f"{END!r} without {BEGIN!r}", f"{BEGIN!r} のない {END!r} です")
        else:
            found.append(Region(open_line, number))
            open_line = 0
    if open_line:
        raise problem(path, open_line, f"{BEGIN!r} without {END!r}", f"{END!r} のない {BEGIN!r} です")
    return found


def solution_lines(source: str, regions: Sequence[Region]) -> set[str]:
    """The code lines inside the regions, without indentation."""
    lines = source.splitlines()
    inside = (lines[i].strip() for r in regions for i in range(r.begin, r.end - 1))
    return {line for line in inside if line and not line.startswith("#")}


def first_line(node: ast.stmt) -> int:
    """The first line of a statement, its decorators included."""
    decorators = getattr(node, "decorator_list", [])
    lines: list[int] = [node.lineno, *(d.lineno for d in decorators)]
    return min(lines)


def problem(path: Path, line: int, en: str, ja: str) -> ContentError:
    """A `ContentError` that says where."""
    where = f"{path}:{line}: " if line else f"{path}: "
    return ContentError(Text(where + en, where + ja))


def parse(path: Path, source: str) -> ast.Module:
    """The syntax tree, or a `ContentError` with the line."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 0
        message = getattr(error, "msg", str(error))
        raise problem(path, line, f"not valid Python: {message}", f"Python の文法に合いません: {message}") from None


def comments(path: Path, source: str) -> Iterator[tuple[int, str, bool]]:
    """``(line, comment, whether it stands alone)`` for every comment."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string.rstrip(), token.line.lstrip().startswith("#")
    except (tokenize.TokenError, IndentationError, SyntaxError) as error:
        raise problem(path, 0, f"not valid Python: {error}", f"Python の文法に合いません: {error}") from None


def _nearest_marker(comment: str) -> str | None:
    words = comment.lstrip("#").strip(" -=:.").upper()
    if not 6 <= len(words) <= 24:
        return None
    near = difflib.get_close_matches(words, [BEGIN.lstrip("# "), END.lstrip("# ")], 1, 0.75)
    return f"### {near[0]}" if near else None
