"""A downloaded file keeps every byte but those of the cells that change."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograder.errors import UsageError
from autograder.lms.sheet import read_sheet

ENCODINGS = {
    "utf-8": (b"", "utf-8"),
    "utf-8 with a mark": (b"\xef\xbb\xbf", "utf-8"),
    "utf-16-le": (b"\xff\xfe", "utf-16-le"),
    "utf-16-be": (b"\xfe\xff", "utf-16-be"),
    "cp932": (b"", "cp932"),
}
# cp932 has bytes that look like \ and | within 表, ソ and 十.
CELLS = st.text(st.sampled_from('表ソ十ーｱ髙﨑①a1 .,;\t"\\\n\r=＝|'), max_size=6)


@st.composite
def sheets(draw: st.DrawFn) -> tuple[bytes, list[list[str]], str]:
    width = draw(st.integers(2, 4))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=5))
    rows.insert(0, [f"h{i}" for i in range(width)])
    mark, encoding = ENCODINGS[draw(st.sampled_from(sorted(ENCODINGS)))]
    delimiter = draw(st.sampled_from(",;\t"))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    always = draw(st.booleans())

    def quoted(cell: str) -> str:
        must = always or set(cell) & {delimiter, '"', "\r", "\n"}
        return '"' + cell.replace('"', '""') + '"' if must else cell

    text = "".join(delimiter.join(map(quoted, row)) + end for row in rows)
    if draw(st.booleans()):
        text = text.removesuffix(end)
    data = mark + text.encode(encoding)
    # A few bytes of cp932 can be UTF-8 by chance; a file with names in it is not.
    assume(encoding != "cp932" or text.isascii() or not is_utf8(data))
    return data, rows, delimiter


def is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@given(sheets())
@settings(max_examples=300, deadline=None)
def test_cells_are_read_as_they_were_written_and_nothing_changes_unasked(
    given_sheet: tuple[bytes, list[list[str]], str],
) -> None:
    data, rows, delimiter = given_sheet
    sheet = read_sheet(data, "x.csv")
    assert sheet.delimiter == delimiter
    assert [list(row) for row in sheet.rows] == rows
    assert sheet.write({}) == data


@given(sheets(), st.data())
@settings(max_examples=300, deadline=None)
def test_only_the_bytes_of_the_changed_cell_change(
    given_sheet: tuple[bytes, list[list[str]], str], data: st.DataObject
) -> None:
    original, rows, _ = given_sheet
    sheet = read_sheet(original, "x.csv")
    row = data.draw(st.integers(1, len(rows) - 1))  # never the titles, which tell the delimiter
    column = data.draw(st.integers(0, len(rows[row]) - 1))
    text = data.draw(st.one_of(CELLS, st.just("9.5")))
    changed = sheet.write({(row, column): text})
    assume(sheet.encoding != "cp932" or changed.isascii() or not is_utf8(changed))
    again = read_sheet(changed, "x.csv")
    expected = [list(r) for r in rows]
    expected[row][column] = text
    assert [list(r) for r in again.rows] == expected
    assert again.delimiter == sheet.delimiter
    # Where the texts around the cell begin and end is the same in both files, byte by byte.
    blank = sheet.write({(row, column): ""})
    length = next(n for n in range(len(blank) + 1) if blank[n : n + 1] != changed[n : n + 1] or n == len(blank))
    assert changed.startswith(blank[:length])
    assert changed.endswith(blank[len(blank) - _common_end(blank, changed) :])
    assert len(blank) - length - _common_end(blank, changed) <= 4  # at most the quotes of the blank cell


def _common_end(a: bytes, b: bytes) -> int:
    return next((n for n in range(min(len(a), len(b))) if a[-1 - n] != b[-1 - n]), min(len(a), len(b)))


def test_two_cp932_byte_pairs_of_one_character_both_stay() -> None:
    """NEC's and IBM's code of 髙 decode to the same character; writing it anew would change bytes."""
    data = b"id,name,score\r\n1,\xee\xe0,\r\n2,\xfb\xfc,\r\n"
    sheet = read_sheet(data, "answer.csv")
    assert [row[1] for row in sheet.rows] == ["name", "髙", "髙"]
    assert sheet.write({(1, 2): "5"}) == data.replace(b"1,\xee\xe0,", b"1,\xee\xe0,5")


def test_a_cell_that_was_quoted_stays_quoted() -> None:
    assert read_sheet(b'"a","b"\n"x",""\n', "x.csv").write({(1, 1): "5"}) == b'"a","b"\n"x","5"\n'


@pytest.mark.parametrize("char", ["𠮷", "é", "한"])
def test_a_character_that_cp932_lacks_is_refused_with_the_student_and_the_character(char: str) -> None:
    sheet = read_sheet("学籍番号,コメント\n0012345,\n".encode("cp932"), "answer.csv")
    with pytest.raises(UsageError) as error:
        sheet.write({(1, 1): f"{char}さん"}, {1: "0012345"})
    for text in (error.value.text.en, error.value.text.ja):
        assert "answer.csv:2" in text
        assert "0012345" in text
        assert char in text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\xff\xfea", "UTF-16"),
        (b"a,\x81\n", "neither"),
        (b'a,b\n"x"y,1\n', "x.csv:2: a quote"),
        (b'a,b\n"x,1\n', "x.csv:2: a quote"),
    ],
)
def test_what_is_no_csv_is_refused_with_its_line(data: bytes, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read_sheet(data, "x.csv")


def test_line_numbers_count_the_lines_within_quotes() -> None:
    assert read_sheet(b'a,b\n"x\ny",1\nz,2\n', "x.csv").lines == (1, 2, 4)


def test_a_long_broken_quote_is_refused_quickly() -> None:
    with pytest.raises(UsageError):
        read_sheet(b'a,b\n"' + b'x""' * 300_000, "x.csv")
