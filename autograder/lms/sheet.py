"""A downloaded CSV file of an LMS in which a few cells are changed and every other byte stays.

Theory of operation: the file is never decoded and written anew. It is cut into cells as
*bytes*, each cell keeps its own bytes (quotes included), and writing joins them again; only a
changed cell gets new bytes. Cutting bytes is safe in UTF-8 and in cp932, since the bytes of
``"``, ``,``, ``;``, tab, CR and LF are never part of a longer character in either. UTF-16 is
turned into UTF-8 and back, which loses nothing. Encoding, byte order mark, delimiter, quoting
and line ends are therefore those of the download.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..errors import UsageError
from ..i18n import Text

MAX_BYTES = 32 * 2**20
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SHOWN = {"utf-8": "UTF-8", "cp932": "Shift_JIS (cp932)", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
_MUST_QUOTE = re.compile(r'["\r\n]|^\s|\s$')


@dataclass(frozen=True)
class Sheet:
    """The cells of a file.

    Attributes
    ----------
    name
        The file, for messages.
    rows
        The values, as the LMS reads them.
    lines
        The number of each row's first line.
    encoding
        ``utf-8``, ``cp932``, ``utf-16-le`` or ``utf-16-be``.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    encoding: str
    delimiter: str
    _mark: bytes
    _raw: tuple[tuple[bytes, ...], ...]
    _ends: tuple[bytes, ...]

    def where(self, row: int) -> str:
        """``path:line``, for messages."""
        return f"{self.name}:{self.lines[row]}"

    def cell(self, row: int, column: int) -> str:
        """The value there; empty beyond the end of a short row."""
        return self.rows[row][column] if column < len(self.rows[row]) else ""

    def write(
        self,
        changes: Mapping[tuple[int, int], str],
        whose: Mapping[int, str] | None = None,
        rows: Collection[int] | None = None,
    ) -> bytes:
        """The file with the cells at ``(row, column)`` changed.

        Parameters
        ----------
        whose
            The student of each row, for the message where a text cannot be written.
        rows
            Those to write, None for all.

        Raises
        ------
        UsageError
            The file's encoding has no such character: it is never replaced by another one.
        """
        raw = [list(row) for row in self._raw]
        for (row, column), text in changes.items():
            raw[row][column] = self._encoded(text, raw[row][column], row, (whose or {}).get(row))
        delimiter = self.delimiter.encode()
        lines = [delimiter.join(row) + end for row, end in zip(raw, self._ends, strict=True)]
        body = b"".join(line for number, line in enumerate(lines) if rows is None or number in rows)
        return self._mark + (body.decode().encode(self.encoding) if self.encoding.startswith("utf-16") else body)

    def _encoded(self, text: str, old: bytes, row: int, student: str | None) -> bytes:
        if old.startswith(b'"') or self.delimiter in text or _MUST_QUOTE.search(text):
            text = '"' + text.replace('"', '""') + '"'
        try:
            return text.encode("cp932" if self.encoding == "cp932" else "utf-8")
        except UnicodeEncodeError as error:
            char = text[error.start]
            shown = f"{char!r} (U+{ord(char):04X})"
            encoding = _SHOWN[self.encoding]
            raise UsageError(
                Text(
                    f"{self.where(row)}: {encoding}, the encoding of this file, has no {shown}, "
                    f"needed for {student or 'this row'}. Download it as UTF-8, or give --no-feedback.",
                    f"{self.where(row)}: このファイルの文字コード {encoding} では、{student or 'この行'} に必要な文字 "
                    f"{shown} を表せません。UTF-8 でダウンロードし直すか、--no-feedback を付けてください。",
                )
            ) from None


def read_sheet(data: bytes, name: str) -> Sheet:
    """Cut a file into its cells. The delimiter is the one of ``,``, ``;`` and tab that gives its first line most cells.

    Raises
    ------
    UsageError
        The file is empty, too large, in no known encoding, or no CSV: ``path:line: what is wrong``.
    """
    if not data.strip() or len(data) > MAX_BYTES:
        raise _error(name, "the file is empty or too large", "ファイルが空か、大きすぎます")
    mark, encoding, body = _decoded(data, name)
    delimiter = max(b",;\t".decode(), key=lambda d: len(_first(body, d.encode())))
    raw, ends, lines = _cut(body, delimiter.encode(), name)
    codec = "cp932" if encoding == "cp932" else "utf-8"
    rows = tuple(tuple(_value(cell).decode(codec) for cell in row) for row in raw)
    return Sheet(name, rows, lines, encoding, delimiter, mark, raw, ends)


def _decoded(data: bytes, name: str) -> tuple[bytes, str, bytes]:
    """Byte order mark, encoding, and the rest as UTF-8 or cp932."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return mark, encoding, data[len(mark) :].decode(encoding).encode()
            except UnicodeDecodeError:
                raise _error(name, f"not valid {_SHOWN[encoding]}", f"{_SHOWN[encoding]} として読めません") from None
    for encoding in ("utf-8", "cp932"):
        try:
            data.decode(encoding)
            return b"", encoding, data
        except UnicodeDecodeError:
            continue
    raise _error(
        name,
        "neither UTF-8 nor UTF-16 nor Shift_JIS (cp932); give the file as it was downloaded",
        "UTF-8、UTF-16、Shift_JIS（cp932）のいずれでもありません。ダウンロードしたままのファイルを指定してください",
    )


@lru_cache
def _patterns(delimiter: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    cell = re.compile(
        rb'"(?:[^"]|"")*+"|[^"\r\n' + re.escape(delimiter) + rb"][^\r\n" + re.escape(delimiter) + rb"]*+|"
    )
    return cell, re.compile(re.escape(delimiter) + rb"|\r\n|\n|\r|$(?![\r\n])")


def _first(body: bytes, delimiter: bytes) -> Sequence[bytes]:
    try:
        return next(iter(_cut(body, delimiter, "", most=1)[0]), ())
    except UsageError:
        return ()


def _cut(
    body: bytes, delimiter: bytes, name: str, most: int | None = None
) -> tuple[tuple[tuple[bytes, ...], ...], tuple[bytes, ...], tuple[int, ...]]:
    """Cells, line ends and line numbers."""
    cell_at, end_at = _patterns(delimiter)
    rows: list[tuple[bytes, ...]] = []
    ends: list[bytes] = []
    lines: list[int] = []
    row: list[bytes] = []
    at, line, first = 0, 1, 1
    while (at < len(body) or row) and (most is None or len(rows) < most):
        cell = cell_at.match(body, at)
        end = end_at.match(body, cell.end()) if cell else None
        if cell is None or end is None:
            raise _error(
                f"{name}:{line}",
                'a quote (") here is neither doubled nor at the end of its cell; give the file as it was downloaded',
                'セル内の引用符（"）が二重になっていません。ダウンロードしたままのファイルを指定してください',
            )
        row.append(cell[0])
        line += len(re.findall(rb"\r\n|\n|\r", cell[0]))
        at = end.end()
        if end[0] == delimiter:
            continue
        rows.append(tuple(row))
        ends.append(end[0])
        lines.append(first)
        row, line = [], line + 1
        first = line
    return tuple(rows), tuple(ends), tuple(lines)


def _value(cell: bytes) -> bytes:
    return cell[1:-1].replace(b'""', b'"') if cell.startswith(b'"') else cell


def _error(where: str, en: str, ja: str) -> UsageError:
    return UsageError(Text(f"{where}: {en}.", f"{where}: {ja}。"))
