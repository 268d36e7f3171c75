"""A table that a person, an LMS or Excel wrote: CSV in any usual encoding, or a workbook; columns by their header.

Spreadsheets leave marks: a first line ``sep=;``, ``="0012345"`` around an id, an apostrophe before
it. They are taken off here. What they have lost (zeros, digits) nobody can give back.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..errors import UsageError
from ..i18n import Text
from .decoding import decode
from .sheet import MARK, OLD_MARK, read_sheet

MAX_BYTES = 16 * 2**20
_SEPARATORS = ",;\t|"
_FORMULA = re.compile(r"=\s*[\"“”](?P<text>.*)[\"“”]", re.DOTALL)
_TITLE_LINES = 20  # lines of other things above the headers


@dataclass(frozen=True)
class Line:
    """One record: the number of its first line, and its cells by field."""

    number: int
    cells: dict[str, str]

    def get(self, field: str) -> str | None:
        return self.cells.get(field) or None


@dataclass(frozen=True)
class Table:
    """The records below a line of headers, and which column has which field."""

    lines: list[Line]
    columns: Mapping[str, int]
    header: Sequence[str]


def read_table(data: bytes, where: str, headers: Mapping[str, Sequence[str]], needed: Sequence[str]) -> list[Line]:
    """Read a table in which all of the fields `needed` have a column; see `find_table`."""
    return find_table(data, where, headers, [[field] for field in needed]).lines


def find_table(data: bytes, where: str, headers: Mapping[str, Sequence[str]], needed: Sequence[Sequence[str]]) -> Table:
    """Read a CSV file or a workbook.

    Parameters
    ----------
    headers
        For each field the headers that mean it, preferred ones first. A column serves the first
        field that wants it.
    needed
        Groups of fields; without a column for one of each group the file is of no use.

    Raises
    ------
    UsageError
        ``path:line: what is wrong``.
    """
    best: list[tuple[int, list[str]]] = []
    for rows in _readings(data, where):
        for at, (_, header) in enumerate(rows[:_TITLE_LINES]):
            columns = _columns(header, headers)
            if all(columns.keys() & set(fields) for fields in needed):
                lines = [
                    Line(number, {f: plain(row[c]) for f, c in columns.items() if c < len(row)})
                    for number, row in rows[at + 1 :]
                    if any(cell.strip() for cell in row)
                ]
                return Table(lines, columns, header)
        best = best or rows
    number, found = best[0] if best else (1, [])
    there = _columns(found, headers)
    field = next((fields[0] for fields in needed if not there.keys() & set(fields)), needed[0][0])
    known = ", ".join(headers[field])
    here = ", ".join(cell.strip() for cell in found if cell.strip())[:200]
    raise UsageError(
        Text(
            f"{where}:{number}: no column {field!r}. A line must name the columns; one of: {known}. It has: {here}",
            f"{where}:{number}: 「{field}」の列がありません。次のいずれかの見出しが必要です: {known}。"
            f"ファイルの見出し: {here}",
        )
    )


def plain(cell: str) -> str:
    """What a cell means: without a spreadsheet's ``="…"`` and apostrophe, and without spaces around it."""
    text = cell.strip().strip("\ufeff\u200b").strip()
    formula = _FORMULA.fullmatch(text)
    text = formula["text"].replace('""', '"').strip() if formula else text
    return text.removeprefix("'").strip() if re.match(r"'[0-9+=@-]", text) else text


def normal(text: str) -> str:
    """For comparing only: full-width forms, case and outer spaces do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _readings(data: bytes, where: str) -> Iterator[list[tuple[int, list[str]]]]:
    """The rows of the file with the numbers of their lines, by each separator that it may have."""
    if data.startswith(MARK):
        yield list(enumerate(read_sheet(data, where), 1))
        return
    if data.startswith(OLD_MARK):
        raise UsageError(_OLD.format(where=where))
    decoded = decode(_marked(data), limit=MAX_BYTES, cookie=False)
    if decoded.text is None:
        assert decoded.problem is not None
        raise UsageError(Text(f"{where}: {decoded.problem.en}", f"{where}: {decoded.problem.ja}"))
    text = decoded.text.lstrip("\ufeff")
    told = re.match(r'"?sep=(?P<separator>[^\n])"?[^\S\n]*(?:\n|$)', text, re.IGNORECASE)
    skipped = 1 if told else 0
    text = text[told.end() :] if told else text
    separators = [told["separator"]] if told else sorted(_SEPARATORS, key=lambda s: -text[:4096].count(s))
    for separator in separators:
        yield [(number + skipped, row) for number, row in _rows(text, separator, where)]


def _marked(data: bytes) -> bytes:
    """UTF-16 that lacks its mark gets one: of a separator or a digit every second byte is 0."""
    zeros = [data[parity:400:2].count(0) for parity in (0, 1)]
    if len(data) >= 8 and min(zeros) == 0 and max(zeros) * 20 > len(data[:400]):
        return (codecs.BOM_UTF16_BE if zeros[0] else codecs.BOM_UTF16_LE) + data
    return data


def _rows(text: str, separator: str, where: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    first = 1
    try:
        for row in reader:
            yield first, row
            first = reader.line_num + 1
    except csv.Error as error:
        raise UsageError(
            Text(f"{where}:{first}: {error}", f"{where}:{first}: CSV として読めません（{error}）")
        ) from None


def squeezed(title: str) -> str:
    """A header for comparing: ``# ID_Number:`` is ``idnumber``."""
    return re.sub(r"[\s_\-#*:()\"'.]+", "", unicodedata.normalize("NFKC", title).casefold())


def _columns(header: Sequence[str], headers: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Field -> column."""
    given = [squeezed(plain(cell)) for cell in header]
    # "学籍番号（半角）"
    short = [squeezed(re.sub(r"[(（\[][^()（）\[\]]*[)）\]]", "", plain(cell))) for cell in header]
    found: dict[str, int] = {}
    for field, synonyms in headers.items():
        wanted = [squeezed(s) for s in synonyms]
        columns = (titles.index(s) for titles in (given, short) for s in wanted if s in titles)
        column = next((at for at in columns if at not in found.values()), None)
        if column is not None:
            found[field] = column
    return found


_OLD = Text(
    "{where}: the old Excel format (.xls), or a workbook with a password. Save it as .xlsx or as CSV (UTF-8).",
    "{where}: 旧 Excel 形式（.xls）か、パスワード付きのブックです。.xlsx か CSV（UTF-8）で保存し直してください。",
)
