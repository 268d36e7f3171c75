"""A notebook's code cells, read as JSON.

Not with nbformat: importing it costs 0.2 s and its schema refuses notebooks that run well in
Jupyter (a missing cell id, say). We need five keys, and check those.

A slip of a key (Esc, M) turns a code cell into Markdown. Such a cell is read as the code that it
was if nbgrader made it a cell for code, or if it is valid Python and defines a function that is
asked for and that no other cell has.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Set
from dataclasses import dataclass, replace
from typing import Any

from ..i18n import Text
from .nbjson import MAX_BRACKETS, MAX_BYTES, MAX_FILE_BYTES, load
from .scope import read_scope
from .stubs import STUB, unfinished
from .texts import problem

__all__ = [
    "MAX_BRACKETS",
    "MAX_BYTES",
    "MAX_FILE_BYTES",
    "Notebook",
    "Turned",
    "defined_names",
    "is_python",
    "quiz_cells",
    "read_notebook",
]

_DEFINITION = re.compile(
    r"^[ \t]*(?:>>>[ \t]?|\.\.\.[ \t]?|In[ \t]*\[\d*\]:[ \t]?)?(?:"
    r"(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)|(\w[\w \t,]*)(?::[^=\n]*)?=(?!=))",
    re.MULTILINE,
)
_MENTION = re.compile(r"\b(?:def|class)[ \t]+(\w+)")
_QUIZ_CELL = re.compile(r"\s*%%quiz[ \t]+[\"']?(\w++)[^\n]*+")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Turned:
    """A cell that is no code cell and defines something that is asked for.

    Attributes
    ----------
    number
        Among all cells, from 1.
    read
        Whether it was taken for the code cell that it was.
    """

    number: int
    cell_type: str
    names: frozenset[str]
    read: bool


@dataclass(frozen=True)
class Notebook:
    """Code cells in order, labelled ``cell 1`` onwards among the code cells.

    Attributes
    ----------
    names
        What the cells define; in a notebook with a `problem`, what its raw text mentions
        as defined, so that the problem can be told at the right exercises.
    """

    cells: tuple[tuple[str, str], ...]
    names: frozenset[str]
    problem: Text | None = None
    turned: tuple[Turned, ...] = ()


def read_notebook(data: bytes, wanted: Set[str] = frozenset()) -> Notebook:
    """Parse the bytes of an ``.ipynb`` file. Never raises: what is wrong is in ``problem``.

    Parameters
    ----------
    wanted
        Functions that are asked for: looked for in cells that are no code cells, too.
    """
    loaded = load(data)
    if loaded.tree is None:
        return _broken(loaded.text, loaded.problem)
    cells = [(cell["cell_type"], s, cell) for cell in loaded.tree["cells"] if (s := _source(cell)) is not None]
    turned = _turned(cells, wanted)
    read = {t.number for t in turned if t.read}
    sources = [s for i, (kind, s, _) in enumerate(cells, 1) if kind == "code" or i in read]
    if not sources:
        return replace(_broken("", problem("notebook_cells")), turned=turned)
    if any("\0" in source for source in sources):
        return _broken(loaded.text, problem("nul_bytes"))
    labelled = tuple((f"cell {i}", source) for i, source in enumerate(sources, 1))
    return Notebook(labelled, frozenset().union(*map(defined_names, sources)), turned=turned)


def _turned(cells: list[tuple[str, str, Any]], wanted: Set[str]) -> tuple[Turned, ...]:
    """The cells that are text and should perhaps be code."""
    found = []
    code = [("", source) for kind, source, _ in cells if kind == "code"]
    defined = frozenset().union(*(defined_names(source) for _, source in code))
    for number, (kind, source, cell) in enumerate(cells, 1):
        if kind == "code":
            continue
        meant = _is_solution(cell)
        names = frozenset(_MENTION.findall(source) if not meant else defined_names(source)) & wanted
        lacking = {n for n in names if n not in defined or (STUB not in source and unfinished(code, {n}))}
        if not meant and not (lacking and _DEFINITION.search(source)):
            continue
        scope = read_scope(source)
        found.append(Turned(number, kind, names, meant or bool(scope.tree and lacking & scope.defines)))
    return tuple(found)


def _is_solution(cell: Any) -> bool:
    """Whether nbgrader made this a cell for code: what people grade (``grade``) may be text."""
    metadata = cell.get("metadata")
    meta = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return isinstance(meta, dict) and meta.get("solution") is True and meta.get("grade") is False


def quiz_cells(cells: tuple[tuple[str, str], ...], quiz: str) -> tuple[tuple[str, str], ...]:
    """The bodies of the cells that begin with ``%%quiz <quiz>``, blank lines in the place of what is above them."""
    found = []
    for label, source in cells:
        match = _QUIZ_CELL.match(source)
        if match and match[1].casefold() == quiz.casefold():
            # Line numbers are those that the student sees.
            found.append((label, "\n" * source.count("\n", 0, match.end()) + source[match.end() :]))
    return tuple(found)


def is_python(source: str) -> bool:
    """Whether a text is Python that defines a function or a class; JSON is valid Python, too."""
    tree = read_scope(source).tree
    return tree is not None and any(
        isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) for n in tree.body
    )


def defined_names(source: str) -> frozenset[str]:
    """Names that some line of `source` defines by ``def``, ``class`` or ``name =``."""
    names: set[str] = set()
    for definition, targets in _DEFINITION.findall(source):
        names.update([definition] if definition else (part.strip() for part in targets.split(",")))
    return frozenset(names)


def _broken(text: str, why: Text | None) -> Notebook:
    return Notebook((), frozenset(_MENTION.findall(text)), why)


def _source(cell: Any) -> str | None:
    """The source of a cell; None for what is no cell."""
    if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
        return None
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str):
        return None
    # JSON can spell half a surrogate pair, which no UTF-8 can hold.
    return _SURROGATE.sub("\ufffd", source).replace("\r\n", "\n").replace("\r", "\n")
