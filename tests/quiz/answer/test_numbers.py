"""Numbers and shapes are understood however they are typed, or politely refused; never misread."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.quiz.answer.numbers import (
    NotUnderstood,
    parse_number,
    parse_shape,
    show_answer,
    show_exact,
    show_number,
    show_shape,
)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.5", 1.5),
        ("1,5", 1.5),
        ("1、5", 1.5),
        ("１．５", 1.5),
        ("１，５", 1.5),
        ("−2", -2),
        ("－２", -2),
        ("–2", -2),
        ("ー2", -2),
        ("+3", 3),
        (".5", 0.5),
        ("5.", 5),
        ("1e-3", 1e-3),
        ("１ｅ－３", 1e-3),
        ("1E3", 1000),
        ("1×10^-3", 1e-3),
        ("2 x 10**-3", 2e-3),
        ("2*10^(-3)", 2e-3),
        ("10^-3", 1e-3),
        ("10⁻³", 1e-3),
        ("1.2×10⁻³", 1.2e-3),
        ("1/3", 1 / 3),
        ("１／３", 1 / 3),
        ("-1 / 4", -0.25),
        ("1,5/2", 0.75),
        ("約 0.5", 0.5),
        ("約0.5", 0.5),
        ("0.5くらい", 0.5),
        ("~0.5", 0.5),
        ("≈ 0.5", 0.5),
        ("= 0.5", 0.5),
        ("0,125", 0.125),
        ("1_000", 1000),
        ("1,234,567", 1234567),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("  7 ", 7),
        (7, 7),
        (0.25, 0.25),
    ],
)
def test_a_number_is_understood(typed, value):
    assert parse_number(typed) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    "typed",
    [
        *("1,234", "-1,234", "abc", "", "1 2", "1;2", "nan", "inf", "1e999", "1/0", "0x10", "½", "1½", "①", "三"),
        *("1,2,3", "1.2.3", "1..2", "--1", "1e", "50%", "1 000 00", "x = 3", "3 px", "1,23,456", "٣", "9" * 101),
        *("1-2", "10-3", "(3", "1e5000", "1__0_", True, None, [1], pytest.param(10**5000, id="huge")),
    ],
)
def test_what_could_mean_two_things_or_none_is_refused_with_advice(typed):
    with pytest.raises(NotUnderstood) as error:
        parse_number(typed)
    assert error.value.text.en
    assert error.value.text.ja


def test_the_ambiguous_comma_is_explained():
    with pytest.raises(NotUnderstood) as error:
        parse_number("1,234")
    assert "1234" in error.value.text.en
    assert "1.234" in error.value.text.ja


def test_the_items_unit_may_stand_behind_the_number():
    assert parse_number("12 個", ("parameters", "個")) == 12
    assert parse_number("12 Parameters", ("parameters", "個")) == 12
    assert parse_number("50 ％", ("%",)) == 50
    with pytest.raises(NotUnderstood):
        parse_number("12 px", ("個",))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_is_read_back(value):
    assert parse_number(repr(value)) == value
    assert parse_number(repr(value).replace("-", "−")) == value
    wide = repr(value).translate(str.maketrans("0123456789.-", "０１２３４５６７８９．－"))
    assert parse_number(wide) == value


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text):
    for parse in (parse_number, parse_shape):
        try:
            value = parse(text)
        except NotUnderstood:
            continue
        assert parse is parse_shape or math.isfinite(value)


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_the_canonical_form_of_a_number_is_stable(value):
    shown = show_number(value)
    assert show_number(parse_number(shown)) == shown


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("(3, 4)", (3, 4)),
        ("3x4", (3, 4)),
        ("3×4", (3, 4)),
        ("3 X 4", (3, 4)),
        ("[3,4]", (3, 4)),
        ("（３，４）", (3, 4)),
        ("３、４", (3, 4)),
        ("3 4", (3, 4)),
        ("3 by 4", (3, 4)),
        ("3*4", (3, 4)),
        ("1,234", (1, 234)),
        ("(5,)", (5,)),
        ("5", (5,)),
        ("()", ()),
        ("shape = (2, 3, 4)", (2, 3, 4)),
        ("形状は (2, 3)", (2, 3)),
        ("0x4", (0, 4)),
        ([3, 4], (3, 4)),
        (["3", "4"], (3, 4)),
        (5, (5,)),
    ],
)
def test_a_shape_is_understood(typed, value):
    assert parse_shape(typed) == value


@pytest.mark.parametrize(
    "typed",
    ["", "(3, -4)", "(3.5, 4)", "3,,4", "a", "(None, 3)", "(3, 4", "3;4", "[[3, 4]]", [[3]], {"a": 1}, True, ",", "x"],
)
def test_what_is_no_shape_is_refused(typed):
    with pytest.raises(NotUnderstood):
        parse_shape(typed)


@given(st.lists(st.integers(0, 10**6), max_size=6))
def test_every_way_of_writing_a_shape_means_the_same(axes):
    shape = tuple(axes)
    assert parse_shape(show_shape(shape)) == shape
    if shape:
        for sign in ("x", "×", ", ", "、", "，", " * "):
            assert parse_shape(sign.join(map(str, shape))) == shape


@pytest.mark.parametrize(
    ("value", "tolerance", "shown"),
    [
        (0.22314355131, 0.001, "0.223"),
        (0.22314355131, 0.006, "0.22"),
        (0.25, 0.001, "0.25"),
        (12.345, 0.0123, "12.345"),
        (0.1 + 0.2, 0.0003, "0.3"),
        (-0.6931471805, 0.006, "-0.69"),
        (3.217e-7, 1.6e-8, "3.2e-07"),
        (1234567.0, 1234.0, "1234567"),
        (12345678901234.5, 0.0, "12345678901234.5"),
        (0.0, 1e-9, "0"),
    ],
)
def test_an_answer_is_shown_with_the_decimals_that_were_asked_for(value: float, tolerance: float, shown: str):
    assert show_answer(value, tolerance) == shown


@given(st.floats(-1e9, 1e9), st.sampled_from([0.0, 1e-9, 1e-3, 0.006, 0.5, 3.0]))
def test_an_answer_as_shown_is_right(value: float, tolerance: float):
    assert abs(float(show_answer(value, tolerance)) - value) <= tolerance * (1 + 1e-9)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_an_exact_answer_reads_back(value: float):
    assert float(show_exact(value)) == value
