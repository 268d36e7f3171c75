"""A notebook's code cells, read as JSON.

Not with nbformat: importing it costs 0.2 s and its schema refuses notebooks that run well in
Jupyter (a missing cell id, say). We need five keys, and check those.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from ..i18n import Text
from .decoding import decode
from .texts import problem

MAX_BYTES = 8 * 2**20  # a few plots are megabytes of base64
MAX_BRACKETS = 300_000  # each could become a Python object of some 100 bytes

_DEFINITION = re.compile(
    r"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)|^[ \t]*(\w[\w \t,]*)(?::[^=\n]*)?=(?!=)", re.MULTILINE
)
_MENTION = re.compile(r"\b(?:def|class)[ \t]+(\w+)")
_QUIZ_CELL = re.compile(r"\s*%%quiz[ \t]+[\"']?(\w+)[^\n]*(?=\n|$)")
_SURROGATE = re.compile("[\ud800-\udfff]")


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


def read_notebook(data: bytes, limit: int = MAX_BYTES) -> Notebook:
    """Parse the bytes of an ``.ipynb`` file. Never raises: what is wrong is in ``problem``."""
    decoded = decode(data, limit=limit, cookie=False)
    if decoded.text is None:
        return _broken(data[:limit].decode("utf-8", "replace"), decoded.problem)
    if decoded.text.count("[") + decoded.text.count("{") > MAX_BRACKETS:
        return _broken(decoded.text, problem("notebook_json"))
    try:
        tree = json.loads(decoded.text)
    except (ValueError, RecursionError):
        return _broken(decoded.text, problem("notebook_json"))
    if not isinstance(tree, dict) or tree.get("nbformat") != 4 or not isinstance(tree.get("cells"), list):
        return _broken(decoded.text, problem("notebook_format"))
    sources = [s for cell in tree["cells"] if (s := _code(cell)) is not None]
    if not sources:
        return _broken(decoded.text, problem("notebook_cells"))
    if any("\0" in source for source in sources):
        return _broken(decoded.text, problem("nul_bytes"))
    cells = tuple((f"cell {i}", source) for i, source in enumerate(sources, 1))
    return Notebook(cells, frozenset().union(*map(defined_names, sources)))


def quiz_cells(cells: tuple[tuple[str, str], ...], quiz: str) -> tuple[tuple[str, str], ...]:
    """The bodies of the cells that begin with ``%%quiz <quiz>``, blank lines in the place of what is above them."""
    found = []
    for label, source in cells:
        match = _QUIZ_CELL.match(source)
        if match and match[1].casefold() == quiz.casefold():
            # Line numbers are those that the student sees.
            found.append((label, "\n" * source.count("\n", 0, match.end()) + source[match.end() :]))
    return tuple(found)


def defined_names(source: str) -> frozenset[str]:
    """Names that some line of `source` defines by ``def``, ``class`` or ``name =``."""
    names: set[str] = set()
    for definition, targets in _DEFINITION.findall(source):
        names.update([definition] if definition else (part.strip() for part in targets.split(",")))
    return frozenset(names)


def _broken(text: str, why: Text | None) -> Notebook:
    return Notebook((), frozenset(_MENTION.findall(text)), why)


def _code(cell: Any) -> str | None:
    """The source of a code cell, None for any other cell."""
    if not isinstance(cell, dict) or cell.get("cell_type") != "code":
        return None
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str):
        return None
    # JSON can spell half a surrogate pair, which no UTF-8 can hold.
    return _SURROGATE.sub("\ufffd", source).replace("\r\n", "\n").replace("\r", "\n")
