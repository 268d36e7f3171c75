"""How Moodle and Canvas will read a CSV file, to prove before it is written that no cell moves.

Both are models of the LMS's own code. Moodle parses the file with PHP's ``fgetcsv`` (whose
escape character is a backslash), stores it again with ``fputcsv`` and reads *that* with
``fgetcsv``. Canvas chooses between ``;`` and ``,`` by the first three lines and then parses
with Ruby's ``CSV``, which refuses a quote in the wrong place. The tests hold recorded answers
of real PHP against `fgetcsv` and `fputcsv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SPACES = " \t\n\v\f\r"


class Malformed(ValueError):
    """The LMS would refuse the file, or read its end as it pleases."""


def moodle_reads(text: str, delimiter: str = ",") -> list[list[str]]:
    """The rows that Moodle's CSV importers work with (``csv_import_reader``), blank lines left out."""
    text = re.sub("\r\n?", "\n", text.removeprefix("\ufeff")).strip(" \n\r\0\v" + ("" if delimiter == "\t" else "\t"))
    rows = [row for row in fgetcsv(text, delimiter) if row is not None]
    stored = "".join(fputcsv(row) for row in rows)
    return [row for row in fgetcsv(stored, ",") if row is not None]


def fgetcsv(text: str, delimiter: str = ",") -> Iterator[list[str] | None]:
    """Each record of a file as PHP's ``fgetcsv`` returns it; None for a blank line.

    ``"`` encloses and a backslash escapes: the character after it neither ends the field nor
    counts as half of a doubled quote, and the backslash stays in the value.

    Raises
    ------
    Malformed
        The file ends within quotes.
    """
    lines = iter(re.findall("[^\n]*\n|[^\n]+", text))
    for line in lines:
        limit, end = _split_end(line)
        if not limit:
            yield None
            continue
        row: list[str] = []
        at, more = 0, True
        while more:
            start = at
            while start < len(line) and line[start] != delimiter and line[start] in _SPACES:
                start += 1
            if at < len(limit) and start < len(limit) and line[start] == '"':
                value, at, limit, end = _enclosed(start + 1, limit, end, lines)
                found = limit.find(delimiter, at)
                stop = found if found >= 0 else len(limit)
                value += limit[at:stop]
            else:
                found = limit.find(delimiter, at)
                stop = found if found >= 0 else len(limit)
                value = _split_end(limit[at:stop])[0]
            row.append(value)
            at, more = stop + 1, found >= 0
            line = limit + end
        yield row


def _enclosed(at: int, limit: str, end: str, lines: Iterator[str]) -> tuple[str, int, str, str]:
    """Value and position after the closing quote, with the line (and its end) that this is in."""
    value = ""
    while True:
        if at >= len(limit):  # the field goes on in the next line
            value += end
            line = next(lines, None)
            if line is None:
                raise Malformed("the file ends within quotes")
            limit, end = _split_end(line)
            at = 0
            continue
        char = limit[at]
        if char == "\\":
            value += limit[at : at + 2]
            at += 2
            if at > len(limit):  # PHP forgets at a line's end that a backslash came before it
                at = len(limit)
        elif char != '"':
            value += char
            at += 1
        elif limit[at + 1 : at + 2] == '"':
            value += '"'
            at += 2
        else:
            return value, at + 1, limit, end


def _split_end(line: str) -> tuple[str, str]:
    """A line and its line end, of which PHP takes one CR and one LF."""
    kept = line.removesuffix("\n").removesuffix("\r")
    return kept, line[len(kept) :]


def fputcsv(row: list[str], delimiter: str = ",") -> str:
    """A record as PHP's ``fputcsv`` writes it: a quote after a backslash is not doubled."""
    cells = []
    for value in row:
        if not any(char in value for char in delimiter + '"\\\n\r\t '):
            cells.append(value)
            continue
        out, escaped = "", False
        for char in value:
            if char == "\\":
                escaped = True
            elif char == '"' and not escaped:
                out += '"'
            else:
                escaped = False
            out += char
        cells.append(f'"{out}"')
    return delimiter.join(cells) + "\n"


def canvas_reads(text: str) -> list[list[str]]:
    """The rows of Canvas's gradebook importer, blank lines left out; numbers in its normal form.

    Raises
    ------
    Malformed
        A quote is in the wrong place.
    """
    text = text.removeprefix("\ufeff")
    rows = _ruby_csv(text, canvas_delimiter(text), skip=True)
    return [[period(cell) for cell in row] for row in rows if row]


def canvas_delimiter(text: str) -> str:
    """``;`` if it cuts each of the first three lines into the same number of fields, and more than ``,`` does."""
    first = re.findall("[^\n]*\n|[^\n]+", text)[:3]
    counts = {d: _fields(first, d) for d in ";,"}
    return ";" if counts[";"] > counts[","] else ","


def _fields(lines: list[str], delimiter: str) -> int:
    """The number of fields in each of these lines, 0 where it differs or one cannot be parsed."""
    try:
        sizes = {len(next(iter(_ruby_csv(line, delimiter)), [])) for line in lines}
    except Malformed:
        return 0
    return sizes.pop() if len(sizes) == 1 else 0


def _ruby_csv(text: str, delimiter: str, skip: bool = False) -> Iterator[list[str]]:
    # Ruby takes the first line end that it finds as that of the whole file.
    found = re.search("\r\n|\n|\r", text)
    end = found[0] if found else "\n"
    cell = re.compile(rf'"((?:[^"]|"")*)"|([^"\r\n{re.escape(delimiter)}]*)')
    row: list[str] = []
    at = 0
    while at < len(text):
        if not row and skip:
            stop = text.find(end, at)
            line = text[at : stop if stop >= 0 else len(text)]
            if re.fullmatch("[;, ]+", line):
                at += len(line) + len(end)
                continue
            if re.search("(?m)^[;, ]+$", line):  # Ruby's ^ and $ match at every line feed, even within quotes
                raise Malformed(line)
        match = cell.match(text, at)
        assert match is not None
        row.append(match[1].replace('""', '"') if match[1] is not None else match[2])
        at = match.end()
        if text.startswith(delimiter, at):
            at += len(delimiter)
            if at == len(text):
                row.append("")
        elif at == len(text) or text.startswith(end, at):
            at += len(end)
            yield [] if row == [""] and match[1] is None else row
            row = []
        else:
            raise Malformed(text[max(0, at - 20) : at + 20])
    if row:
        yield row


def period(cell: str) -> str:
    """``decimal_comma_to_period``: in a pure number, the last of ``.`` and ``,`` is the decimal point."""
    if not re.fullmatch(r"-?[0-9.,]+%?", cell):
        return cell
    *parts, last = re.split("[,.]", cell)
    return f"{''.join(parts)}.{last}" if parts else last
