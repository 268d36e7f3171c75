"""Statements on a terminal."""

from __future__ import annotations

import pytest

from autograder.align import columns
from autograder.student.formula import plain
from autograder.student.markdown import render


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"p_k = \frac{e^{x_k}}{\sum_j e^{x_j}}", "p_k = (e^x_k)/(sum_j e^x_j)"),
        (r"\sqrt{\hat v} + \varepsilon", "sqrt(v_hat) + eps"),
        (r"x_{i,j}^{2}", "x_(i,j)^2"),
        (r"\begin{cases} x & (x > 0) \\ 0 & (x \le 0) \end{cases}", "{ x  (x > 0);  0  (x <= 0) }"),
        (r"\mathrm{relu}'(x) = \max(x, 0)", "relu'(x) = max(x, 0)"),
        (r"\left\lfloor \frac{n}{2} \right\rfloor", "floor(n/2)"),
        (r"a \times b \quad \nu", "a * b  nu"),
        (r"\frac{", "()/()"),
        ("}{", ""),
    ],
)
def test_formulas_become_plain(tex: str, text: str):
    assert plain(tex) == text


STATEMENT = """# Title *here*

A **bold** word, `code_with_*stars*`, a [link](there) and $x_1$,
on two lines.

1. first
   goes on
2. second

| a | 名前 |
|---|---|
| 1 | `x` |

$$
y = x^2
$$

```
def f():
    return 1
```
"""


def test_each_kind_of_block_is_readable():
    assert render(STATEMENT, 60) == [
        "Title here",
        "==========",
        "",
        "A bold word, `code_with_*stars*`, a link (there) and x_1, on",
        "two lines.",
        "",
        "  1. first goes on",
        "  2. second",
        "",
        "    a  名前",
        "    1  `x`",
        "",
        "    y = x^2",
        "",
        "    def f():",
        "        return 1",
    ]


def test_japanese_lines_are_joined_without_blanks_and_fit():
    lines = render("配列全体に対して\n働くようにします。\nこれは要素ごとです。" * 5, 40)
    assert " " not in "".join(lines)
    assert all(columns(line) <= 42 for line in lines)
