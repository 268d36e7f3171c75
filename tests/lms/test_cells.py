"""Numbers and feedback as they stand in a cell."""

from __future__ import annotations

import html
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.lms.cellhtml import html_cell
from autograder.lms.numbers import read_number, write_number
from autograder.text.clean import clean


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10", 10),
        ("１０．５", Fraction(21, 2)),
        ("61,5", Fraction(123, 2)),
        (" 7 ", 7),
        ("2.00", 2),
        (".5", Fraction(1, 2)),
    ],
)
def test_numbers_are_read_in_full_width_and_with_a_comma(text: str, number: Fraction) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["", "-", "-1", "A+", "1e3", "1.2.3", "NaN", "inf", "１０点", "1 000", "½"])
def test_what_is_no_number_of_points_is_none(text: str) -> None:
    assert read_number(text) is None


@given(st.fractions(0, 10000))
def test_a_written_number_is_within_half_a_last_digit(value: Fraction) -> None:
    text = write_number(value)
    assert abs(Fraction(text) - value) <= Fraction(1, 200000)
    assert set(text) <= set("0123456789.")
    assert not text.endswith((".", ".0"))


@given(st.text())
def test_a_feedback_cell_is_one_safe_line_and_says_the_same(text: str) -> None:
    cell = html_cell(text)
    assert not set(cell) & set("\"'\\\n\r\t\0\u2028\x85")
    assert "<" not in cell.replace("<br>", "")
    assert not cell.startswith(tuple("=+-@＝＋－＠ "))
    shown = html.unescape(cell.replace("<br>", "\n"))
    assert shown == clean(text).replace("\t", " ").strip(" ")


def test_the_examples_that_were_verified_in_moodle() -> None:
    assert html_cell("C:\\temp\\") == "C:&#92;temp&#92;"
    assert html_cell("=1+1") == "&#61;1+1"
    assert html_cell("a\nb") == "a<br>b"
    assert html_cell('"<b>"') == "&quot;&lt;b&gt;&quot;"
