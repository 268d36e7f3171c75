"""Expressions compute what a question needs and nothing else; texts are filled as an author expects."""

from __future__ import annotations

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.quiz.source.expr import ExpressionError, evaluate, names, parse
from autograder.quiz.source.template import fill, holes, show


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("(n - k) // s + 1", 7),
        ("n / 2", 8.0),
        ("2 ** -1", 0.5),
        ("-n % 5", 4),
        ("sum(x * y for x, y in zip(a, b))", 11),
        ("[x + 1 for x in a if x > 1]", [3]),
        ("a[0], a[-1]", (1, 2)),
        ("a[0:1]", [1]),
        ("'up' if n > k and not n == k else 'down'", "up"),
        ("1 < n <= 16", True),
        ("3 in a or 2 in a", True),
        ("round(exp(0) + sqrt(4) + log(e), 2)", 4.0),
        ("prod([1, 2, 3]) + comb(4, 2) + len('abc')", 15),
        ("floor(pi) + ceil(pi)", 7),
        ("max(a) - min(b)", -1),
        ("str(n) + 'x'", "16x"),
        ("relu(-1) + sigmoid(0)", 0.5),
    ],
)
def test_an_expression_has_the_value_of_python(source, value):
    assert evaluate(source, {"n": 16, "k": 3, "s": 2, "a": [1, 2], "b": [3, 4]}) == value


@pytest.mark.parametrize(
    "source",
    [
        *("(1).__class__", "().__class__.__bases__", "a.b", "__import__('os')", "open('x')", "lambda: 1", "f'{1}'"),
        *("n := 3", "{1: 2}", "{1}", "[*a]", "print(1)", "abs(x=1)", "1; 2", "", "a[", "1 if", "b'x'", "1j", "..."),
        *("9 ** 9 ** 9", "2 ** 10000", "'a' * 10 ** 9", "[0] * 99999", "range(10 ** 9)", "comb(10 ** 6, 5 * 10 ** 5)"),
        *("sum(x * y for x in range(1000) for y in range(1000))", "(-8) ** 0.5", "1 / 0", "log(0)", "unknown"),
        *("-" * 200 + "1", "+".join("1" * 300), "(" * 90 + "1" + ")" * 90 + "+" * 400 + "1", "exp(1000)", "[1][5]"),
        *("'%d' % 1 ** 9 ** 9", "max", "abs", "1 << 9", "a @ a", "yield 1", "await x", "'{0.__class__}'.format(1)"),
    ],
)
def test_everything_else_is_refused_quickly(source):
    with pytest.raises(ExpressionError) as error:
        evaluate(source, {"a": [1]})
    assert error.value.text.ja


@given(st.text(max_size=40))
def test_no_text_breaks_the_parser(text):
    with contextlib.suppress(ExpressionError):
        evaluate(text, {"a": 1})


def test_names_are_the_variables_that_must_be_given():
    assert names("sum(x * n for x in a) + pi + max(b, 1)") == {"n", "a", "b"}


def test_a_text_is_filled():
    values = {"n": 8, "v": 0.1 + 0.2, "a": [1, 2, 3], "w": 2.0, "t": (3,), "z": -0.0}
    assert fill("{{n}} {{v}} {{v:.2f}} {{w}} {{a}} {{a[0:2]}} {{t}} {{z}} {{n/3:.3f}}", values) == (
        "8 0.3 0.30 2 [1, 2, 3] [1, 2] (3,) 0 2.667"
    )


def test_braces_of_tex_beside_a_hole_stay():
    assert fill(r"$\frac{{{n}}}{2} e^{-{{n}}}$ {x}", {"n": 8}) == r"$\frac{8}{2} e^{-8}$ {x}"


def test_a_negative_number_among_words_has_a_minus_sign_and_in_code_a_hyphen():
    values = {"x": -0.5, "v": [-1, 2], "w": "a-1", "y": 1e-7}
    assert fill("{{x}} {{x:.3f}} `f({{x}})` ${{x}}$ {{v}} {{w}} {{y}} {{-y}}", values, prose=True) == (
        "\u22120.5 \u22120.500 `f(-0.5)` $-0.5$ [-1, 2] a-1 10⁻⁷ \u221210⁻⁷"
    )
    assert fill("{{x}}", values) == "-0.5"


@pytest.mark.parametrize("text", ["{{n:d!}}", "{{n:1000000d}}", "{{m}}", "{{n:.3q}}", "{{'a':d}}", "{{n +}}"])
def test_a_hole_that_cannot_be_filled_is_an_error(text):
    with pytest.raises(ExpressionError):
        fill(text, {"n": 1})


def test_holes_are_found_with_their_format():
    assert holes("{{ a + 1 }} {{b:.2f}}") == [("a + 1", ""), ("b", ".2f")]


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9))
def test_a_number_is_shown_to_twelve_digits(value):
    assert math.isclose(float(show(value)), value, rel_tol=1e-11, abs_tol=1e-300)


def test_parsing_twice_gives_the_same_tree():
    assert parse("1 + 2") is parse("1 + 2")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{1e7:.3g}}", "10⁷"),
        ("{{100000 * 10 ** 2}}", "10000000"),
        ("{{1.5e-5:.2g}} and {{-2.5e-12}}", "1.5 × 10⁻⁵ and −2.5 × 10⁻¹²"),
        ("$x = {{1.5e-5:.2g}}$", r"$x = 1.5 \\times 10^{-5}$"),
        ("$$y = {{-1e9:.1g}}$$", "$$y = -10^{9}$$"),
        ("`lr={{1e-5}}` {{0.001}}", "`lr=1e-05` 0.001"),
        ("{{'1e-05'}}", "1e-05"),
    ],
)
def test_a_power_of_ten_reads_as_one_writes_it(text: str, shown: str):
    assert fill(text, {}, prose=True) == shown.replace("\\\\", "\\")


def test_code_keeps_the_notation_of_python():
    assert fill("x = {{1e-5}}", {}) == "x = 1e-05"
