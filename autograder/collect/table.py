"""A CSV file that a person or Excel wrote: any usual encoding and delimiter, columns found by their header."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..errors import UsageError
from ..i18n import Text
from .decoding import decode

MAX_BYTES = 16 * 2**20


@dataclass(frozen=True)
class Line:
    """One record: the number of its first line, and its cells by field."""

    number: int
    cells: dict[str, str]

    def get(self, field: str) -> str | None:
        return self.cells.get(field) or None


def read_table(data: bytes, where: str, headers: Mapping[str, Sequence[str]], needed: Sequence[str]) -> list[Line]:
    """Read a CSV file.

    Parameters
    ----------
    headers
        For each field the headers that mean it, preferred ones first, as `normal` makes them.
        A column serves the first field that wants it.
    needed
        Fields without which the file is of no use.

    Raises
    ------
    UsageError
        ``path:line: what is wrong``.
    """
    decoded = decode(data, limit=MAX_BYTES, cookie=False)
    if decoded.text is None:
        assert decoded.problem is not None
        raise UsageError(Text(f"{where}: {decoded.problem.en}", f"{where}: {decoded.problem.ja}"))
    text = decoded.text
    delimiter = max(",;\t", key=lambda d: len(_columns(next(_read(text, d, where))[1], headers)))
    (_, header), *records = _read(text, delimiter, where)
    columns = _columns(header, headers)
    for field in needed:
        if field not in columns:
            known = ", ".join(headers[field])
            raise UsageError(
                Text(
                    f"{where}:1: no column {field!r}. The first line must name it; one of: {known}",
                    f"{where}:1: 「{field}」の列がありません。1 行目に次のいずれかの見出しが必要です: {known}",
                )
            )
    return [
        Line(number, {f: row[c].strip() for f, c in columns.items() if c < len(row)})
        for number, row in records
        if any(cell.strip() for cell in row)
    ]


def normal(text: str) -> str:
    """For comparing only: full-width forms, case and outer spaces do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _read(text: str, delimiter: str, where: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    first = 1
    try:
        for row in reader:
            yield first, row
            first = reader.line_num + 1
    except csv.Error as error:
        raise UsageError(
            Text(f"{where}:{first}: {error}", f"{where}:{first}: CSV として読めません（{error}）")
        ) from None


def _columns(header: list[str], headers: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Field -> column."""
    given = [normal(cell).replace("_", " ").replace("-", " ") for cell in header]
    found: dict[str, int] = {}
    for field, synonyms in headers.items():
        column = next((given.index(s) for s in synonyms if s in given and given.index(s) not in found.values()), None)
        if column is not None:
            found[field] = column
    return found
