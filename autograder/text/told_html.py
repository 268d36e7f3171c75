"""Blocks of a failure as HTML, for pages and for the outputs of a notebook.

What differs between the two is how an element is written: a page has a style sheet, a notebook
needs each style at its element. A `Look` has both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import assert_never

from ..i18n import Lang
from ..model import Block, Called, Cause, Lines, NoFunction, NotLoaded, Place, Raised, Sentence, Table
from .told import CAUSE, at, first_rows, sentence

_INLINE_CODE = re.compile("`([^`\n]+)`")


@dataclass(frozen=True)
class Look:
    """How each element is written; ``{}`` stands for what is in it."""

    text: str = "<p>{}</p>"
    code: str = "<pre>{}</pre>"
    inline: str = "<code>{}</code>"
    source: str = "<code>{}</code>"
    table: str = "<table>{}</table>"
    row: str = "<tr>{}</tr>"
    head: str = '<th scope="col">{}</th>'
    cell: str = "<td>{}</td>"
    cause: str = "<p>{}</p>"


PLAIN = Look()


def told_html(blocks: Iterable[Block], lang: Lang, look: Look = PLAIN) -> str:
    """Paragraphs, code and tables; neighbouring lines of code are one element."""
    parts: list[str] = []
    for is_code, group in groupby(blocks, lambda b: isinstance(b, (Called, Raised, Lines))):
        if is_code:
            parts.append(look.code.format(escape("\n".join(_code(block, lang) for block in group))))
        else:
            parts += [_html(block, lang, look) for block in group]
    return "".join(parts)


def prose(text: str, look: Look = PLAIN) -> str:
    """Escaped text with what stands in backquotes set as code, and its line breaks kept."""
    marked = _INLINE_CODE.sub(lambda m: look.inline.format(m[1]), escape(text))
    return marked.replace("\n", "<br>")


def _code(block: Block, lang: Lang) -> str:
    if isinstance(block, Lines):
        return block.text.get(lang)
    return block.code if isinstance(block, Called) else block.error if isinstance(block, Raised) else ""


def _html(block: Block, lang: Lang, look: Look) -> str:
    match block:
        case Sentence() | NoFunction() | NotLoaded():
            return look.text.format(prose(sentence(block).get(lang), look))
        case Place(_, _, source):
            where = escape(at(block).get(lang))
            code = source.strip()
            return look.text.format(f"{where}: {look.source.format(escape(code))}" if code else where)
        case Table():
            return _table(block, lang, look)
        case Cause(_, text):
            return look.cause.format(prose(CAUSE.get(lang) + text.get(lang), look))
        case Called() | Raised() | Lines():
            return look.code.format(escape(_code(block, lang)))
        case _:
            assert_never(block)


def _table(table: Table, lang: Lang, look: Look) -> str:
    head = "".join(look.head.format(escape(name.get(lang))) for name in table.header)
    rows = "".join(look.row.format("".join(look.cell.format(escape(cell)) for cell in row)) for row in table.rows)
    made = look.table.format(f"<thead>{look.row.format(head)}</thead><tbody>{rows}</tbody>")
    said = first_rows(table)
    return made if said is None else made + look.text.format(escape(said.get(lang)))
