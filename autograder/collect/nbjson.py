"""A notebook's JSON without its outputs.

Plots, tables and widgets make a notebook of 5 kB of code one of 50 MB. Nobody needs them for a
grade, so they are cut out of the text before it becomes objects; limits on size and number of
objects then concern what the student wrote.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from ..i18n import Text
from .decoding import decode
from .texts import problem, size

MAX_FILE_BYTES = 64 * 2**20
MAX_BYTES = 8 * 2**20  # without outputs
MAX_BRACKETS = 300_000  # each could become a Python object of some 100 bytes
MAX_CELLS = 5000  # each comes once for every exercise, to the grader, too
MAX_TOKENS = 3_000_000  # about a second

# A whole string, or a bracket. Possessive, and a string without an end is one too, so that nothing is read twice.
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]', re.DOTALL)
_COLON = re.compile(r"\s*+:")
_BULKY = {1: ('"metadata"',), 3: ('"outputs"', '"attachments"')}


@dataclass(frozen=True)
class Loaded:
    """The JSON of a notebook in ``tree``, or why there is none.

    Attributes
    ----------
    text
        What could be decoded, to look for names in.
    """

    tree: dict[str, Any] | None
    text: str = ""
    problem: Text | None = None


def load(data: bytes, *, attachments: bool = False) -> Loaded:
    """Parse the bytes of an ``.ipynb`` file. Never raises.

    Parameters
    ----------
    data
        At most ``MAX_FILE_BYTES + 1`` bytes of the file.
    attachments
        Keep pictures that were pasted into the text.
    """
    decoded = decode(data, limit=MAX_FILE_BYTES, cookie=False)
    if decoded.text is None:
        why = problem("notebook_too_large", limit=size(MAX_FILE_BYTES)) if len(data) > MAX_FILE_BYTES else None
        return Loaded(None, data[:MAX_BYTES].decode("utf-8", "replace"), why or decoded.problem)
    text = without_bulk(decoded.text, attachments=attachments)
    if text is None or len(text) > MAX_BYTES:
        return Loaded(None, decoded.text[:MAX_BYTES], too_large())
    if text.count("[") + text.count("{") > MAX_BRACKETS:
        return Loaded(None, text, problem("notebook_json"))
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        return Loaded(None, text, problem("notebook_json"))
    if not isinstance(tree, dict) or tree.get("nbformat") != 4 or not isinstance(tree.get("cells"), list):
        return Loaded(None, text, problem("notebook_format"))
    if len(tree["cells"]) > MAX_CELLS:
        return Loaded(None, text, problem("notebook_many_cells", limit=MAX_CELLS))
    return Loaded(tree, text)


def too_large() -> Text:
    """Why a notebook is not read that has more than `MAX_BYTES` without its outputs."""
    return problem("notebook_too_large", limit=size(MAX_BYTES))


def without_bulk(text: str, *, attachments: bool = False) -> str | None:
    """The text of a notebook with empty outputs (and attachments); None where there is no end to it."""
    if len(text) < 2**16:
        return text
    skipped = {
        depth: tuple(k for k in keys if not attachments or k != '"attachments"') for depth, keys in _BULKY.items()
    }
    parts: list[str] = []
    begin, depth, cut_depth, cut_from = 0, 0, -1, 0
    for count, token in enumerate(_TOKEN.finditer(text)):
        if count > MAX_TOKENS:
            return None
        mark = text[token.start()]
        if mark == '"':
            if cut_depth < 0 and text[token.start() : token.end()] in skipped.get(depth, ()) and depth in skipped:
                colon = _COLON.match(text, token.end())
                if colon is not None:
                    cut_depth, cut_from = depth, colon.end()
        elif mark in "[{":
            if cut_depth == depth and text[cut_from : token.start()].strip():
                cut_depth = -1  # its value was no list and no object
            depth += 1
        else:
            depth -= 1
            if cut_depth == depth:
                parts += [text[begin:cut_from], " []" if mark == "]" else " {}"]
                begin, cut_depth = token.end(), -1
            elif depth < cut_depth:
                cut_depth = -1
    parts.append(text[begin:])
    return "".join(parts)
