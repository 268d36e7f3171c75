"""Blocks of a failure as plain lines: on a terminal, in the comment field of an LMS, in ``results.json``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, assert_never

from ..i18n import Lang, Text
from ..model import (
    Block,
    Blocks,
    Called,
    Cause,
    Lines,
    NoFunction,
    NotLoaded,
    Place,
    Raised,
    Sentence,
    Table,
    TestStatus,
)
from .align import table

CAUSE = Text("Likely cause: ", "考えられる原因: ")
_NO_FUNCTION = Text("{file} has no function {name}.", "{file} に関数 {name} がありません。")
_NOT_LOADED = Text(
    "{file} did not finish loading. Code outside the functions runs when the file is loaded.",
    "{file} の読み込みが終わりません。関数の外に書いたコードは、読み込むときに実行されます。",
)
_FIRST = Text("(the first {n} of {of})", "（違う {of} 個のうち最初の {n} 個）")
_AT = Text("{label}, line {line}", "{label}、{line} 行目")
_ENDED: dict[TestStatus, Text] = {
    "passed": Text("Passed.", "合格です。"),
    "failed": Text("The result is not what it should be.", "結果が正しくありません。"),
    "error": Text("Your code raised an error.", "コードがエラーを送出しました。"),
    "timeout": Text("Your code did not finish in time.", "制限時間内に終わりませんでした。"),
    "crashed": Text("Your code ended the Python process.", "コードの実行中に Python が終了しました。"),
    "not_run": Text("Not run.", "実行しませんでした。"),
}


def lines(blocks: Iterable[Block], lang: Lang, packed: bool = False) -> list[str]:
    """What the blocks say, line by line; a table is set in columns, or packed without blanks and rules."""
    return [line for block in blocks for line in _lines(block, lang, packed)]


def text_of(blocks: Iterable[Block], packed: bool = False) -> Text:
    """All lines in both languages, separated by ``\\n``."""
    found = tuple(blocks)
    return Text("\n".join(lines(found, "en", packed)), "\n".join(lines(found, "ja", packed)))


def ended(status: TestStatus, message: Blocks) -> Blocks:
    """The message of a failed test; where it says no more than a place, a sentence says how the test ended."""
    return message if any(not isinstance(b, Place) for b in message) else (Sentence(_ENDED[status]), *message)


def at(place: Place) -> Text:
    """Where a place is, without the code that is there."""
    return _AT.format(label=place.label, line=place.line)


def sentence(block: Sentence | NoFunction | NotLoaded) -> Text:
    """The words of a block that is prose."""
    if isinstance(block, Sentence):
        return block.text
    if isinstance(block, NotLoaded):
        return _NOT_LOADED.format(file=block.file)
    said = _NO_FUNCTION.format(file=block.file, name=repr(block.name))
    return Text(f"{said.en} {block.hint.en}", f"{said.ja}{block.hint.ja}") if block.hint else said


def first_rows(block: Table) -> Text | None:
    """Which part of all rows a table shows; None where it shows all."""
    return _FIRST.format(n=len(block.rows), of=block.of) if block.of > len(block.rows) else None


def _lines(block: Block, lang: Lang, packed: bool) -> Iterator[str]:
    match block:
        case Called(code):
            yield code
        case Raised(error):
            yield from error.splitlines()
        case Sentence() | NoFunction() | NotLoaded():
            yield from sentence(block).get(lang).splitlines()
        case Lines(text):
            yield from text.get(lang).splitlines()
        case Place(_, _, source):
            yield at(block).get(lang) + (f": {source.strip()}" if source.strip() else "")
        case Table(header, rows):
            head, indent = [h.get(lang) for h in header], "" if packed else "  "
            set_out = map(" | ".join, [head, *rows]) if packed else table(head, rows)
            yield from (indent + line for line in set_out)
            if (said := first_rows(block)) is not None:
                yield indent + said.get(lang)
        case Cause(_, text):
            yield from (CAUSE.get(lang) + text.get(lang)).splitlines()
        case _:
            assert_never(block)


Anything = TypeVar("Anything")


def mapped(value: Anything, change: Callable[[str], str]) -> Anything:
    """Blocks, or a part of one, with each string changed; the same object where nothing changes."""
    made: Any = value
    if isinstance(value, str):
        made = change(value)
    elif isinstance(value, tuple):
        made = tuple(mapped(part, change) for part in value)
    elif is_dataclass(value) and not isinstance(value, type):
        made = replace(value, **{f.name: mapped(getattr(value, f.name), change) for f in fields(value)})
    return value if made == value else made


def capped(blocks: Blocks, most: int) -> Blocks:
    """Blocks with at most so many characters; what is beyond is cut."""
    left = most

    def cut(text: str) -> str:
        nonlocal left
        kept = text[:left]
        left -= len(kept)
        return kept

    return mapped(blocks, cut)
