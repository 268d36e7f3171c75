"""Markdown and TeX of quiz texts as HTML and MathML."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.codec import encode
from autograder.quiz.draw.draw import replicas
from autograder.quiz.source.items import load_quiz
from autograder.text.markup import html
from autograder.text.mathml import TexError, mathml

ROOT = Path(__file__).resolve().parent.parent.parent
BANK = sorted((ROOT / "solutions" / "quizzes").glob("*.yaml"))


PRIME = '<mo lspace="0" rspace="0">′</mo>'
THIN = '<mspace width="0.17em"></mspace>'
OPEN, CLOSE = (f'<mo stretchy="false">{c}</mo>' for c in "()")


def inside(tex: str) -> str:
    return mathml(tex).removeprefix("<math>").removesuffix("</math>")


@pytest.mark.parametrize(
    ("tex", "wanted"),
    [
        ("x", "<mi>x</mi>"),
        ("-12.5", "<mrow><mo>−</mo><mn>12.5</mn></mrow>"),
        ("x_1^2", "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>"),
        ("x^2_1", "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>"),
        (r"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (r"x^10", "<mrow><msup><mi>x</mi><mn>1</mn></msup><mn>0</mn></mrow>"),
        (r"\frac{1}{n}", "<mfrac><mn>1</mn><mi>n</mi></mfrac>"),
        (r"\sqrt h", "<msqrt><mi>h</mi></msqrt>"),
        (r"\hat m", '<mover accent="true"><mi>m</mi><mo>^</mo></mover>'),
        ("c'", f"<mrow><mi>c</mi>{PRIME}</mrow>"),
        ("f'^2", f"<msup><mrow><mi>f</mi>{PRIME}</mrow><mn>2</mn></msup>"),
        (r"o \tanh(c)", f"<mrow><mi>o</mi>{THIN}<mi>tanh</mi>{OPEN}<mi>c</mi>{CLOSE}</mrow>"),
        (r"-\log\sigma", f"<mrow><mo>−</mo><mi>log</mi>{THIN}<mi>σ</mi></mrow>"),
        (r"2\ln x", f"<mrow><mn>2</mn>{THIN}<mi>ln</mi>{THIN}<mi>x</mi></mrow>"),
        ("a < b", "<mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>"),
        (r"\mathrm{lr}", '<mi mathvariant="normal">lr</mi>'),
        (r"\text{if } x", "<mrow><mtext>if </mtext><mi>x</mi></mrow>"),
    ],
)
def test_a_formula(tex: str, wanted: str) -> None:
    assert inside(tex) == wanted


@pytest.mark.parametrize(
    "tex", [r"\foo", "{", "}", r"\frac{1}", "x_", "x_1_2", r"\left( x", r"\begin{cases} x", "a & b", "#"]
)
def test_what_is_not_understood_is_refused(tex: str) -> None:
    with pytest.raises(TexError):
        mathml(tex)


def test_a_refused_formula_is_shown_in_plain_characters() -> None:
    assert html(r"$\foo{x} \times 2$") == "<i>foox × 2</i>"


@given(st.text(alphabet="\\{}[]()^_'&$ab12 +-.<>\"leftrightfracsqrt", max_size=40))
def test_any_text_is_a_formula_or_refused(tex: str) -> None:
    try:
        made = mathml(tex)
    except TexError:
        return
    ElementTree.fromstring(made)


@given(st.text(alphabet="`*$[]()|#-1. \nab<>&\"'\\{}", max_size=60))
def test_html_of_any_text_is_well_formed_and_runs_nothing(text: str) -> None:
    root = ElementTree.fromstring(f"<div>{html(text)}</div>")
    assert not {e.tag for e in root.iter()} & {"script", "img", "a"}


def test_every_formula_of_the_bank_becomes_mathml() -> None:
    formulas = set()
    for path in BANK:
        for item in load_quiz(path).items:
            shown = json.dumps(encode(replicas(item, 1)[0]), ensure_ascii=False)
            formulas |= {json.loads(f'"{tex}"') for tex in re.findall(r"\$([^$]+)\$", shown)}
    assert len(formulas) > 100
    for tex in formulas:
        mathml(tex)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a **b** *c* `x*y*z`", "a <strong>b</strong> <em>c</em> <code>x*y*z</code>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("これは\n一文です。", "これは一文です。"),
        ("one\ntwo", "one two"),
        ("[[1, 2]] [[1]]", "[[1, 2]] [[1]]"),
        ("1. a\n   b\n2. c", "<ol><li>a b</li><li>c</li></ol>"),
        ("- a\n- b\n  c", "<ul><li>a</li><li>b c</li></ul>"),
        ("costs \\$5 and \\$6", "costs $5 and $6"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("```python\nx < 1\n```", '<pre class="code"><code>x &lt; 1</code></pre>'),
        ("[x](https://example.org/a)", '<a href="https://example.org/a" rel="noreferrer">x</a>'),
        ("[x](javascript:alert)", "[x](javascript:alert)"),
    ],
)
def test_markdown(text: str, wanted: str) -> None:
    assert html(text) == wanted


def test_a_bar_inside_code_or_a_formula_divides_no_cell() -> None:
    made = html("| a | `x|y` |\n|---|---|\n| $|x|$ | b |")
    assert made.count("<th") == 2
    assert made.count("<td>") == 2


def test_gaps_are_made_by_who_shows_them() -> None:
    assert html("a [[1]] `[[2]]`", lambda name: f"({name})") == "a (1) <code>[[2]]</code>"


def test_prose_that_begins_with_a_bar_is_no_table_and_a_hash_no_heading() -> None:
    assert html("|e| = 4, |f| = 2") == "|e| = 4, |f| = 2"
    assert html("#3 comes third") == "#3 comes third"
    assert html("|a|\n|b|") == "|a| |b|"
    assert html("| a |\n|---|\n| 1 |").startswith('<table class="data"><tr><th scope="col">a</th>')
