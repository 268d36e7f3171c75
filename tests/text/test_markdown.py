"""Statements on a terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.text.align import FIXED, columns
from autograder.text.blocks import VERBATIM, blocks, kind
from autograder.text.formula import plain
from autograder.text.markdown import render
from autograder.text.symbols import FUNCTIONS


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"p_k = \frac{e^{x_k}}{\sum_j e^{x_j}}", "p_k = (e^(x_k))/(Σ_j e^(x_j))"),
        (r"\sqrt{\hat v} + \varepsilon", "√v\u0302 + ε"),
        (r"\sqrt[3]{2/n} \sqrt{10}", "∛(2/n) √10"),
        (r"x_{i,j}^{2} x_1 10^{-7} x^{10}", "x_(i,j)² x₁ 10⁻⁷ x¹⁰"),
        (
            r"\begin{cases} x & (x > 0) \\ 0 & (x \le 0) \end{cases}",
            "{ x  (x > 0); 0  (x ≤ 0) }",
        ),
        (r"u = \begin{pmatrix}1&2\\3&-1\end{pmatrix},", "u = (1  2; 3  −1),"),
        (
            r"\begin{bmatrix} a \\ b \end{bmatrix}^\top \begin{vmatrix}a&b\end{vmatrix}",
            "[a; b]^T |a  b|",
        ),
        (r"\mathrm{relu}'(x) = \max(x, 0)", "relu′(x) = max(x, 0)"),
        (r"W_2^{\mathsf T} \mathbb R \texttt{eps} \bm w", "W₂^T R eps w"),
        (r"\left\lfloor \frac{n}{2} \right\rfloor", "floor(n/2)"),
        (r"a \times b \quad \nu", "a × b  ν"),
        (r"\delta_2 = \frac{\partial L}{\partial z}", "δ₂ = ∂L/∂z"),
        (r"\frac{1}{n}\sum_i x_i", "1/n Σ_i x_i"),
        (r"o\tanh c - \log\sigma \le 0", "o tanh c − log σ ≤ 0"),
        (r"\mathrm{lr}\, g", "lr g"),
        (r"\frac{", "()/()"),
        ("}{", ""),
    ],
)
def test_formulas_become_plain(tex: str, text: str):
    assert plain(tex).replace(FIXED, " ") == text


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
        "A bold word, `code_with_*stars*`, a link (there) and x₁, on",
        "two lines.",
        "",
        "  1. first goes on",
        "  2. second",
        "",
        "    a  名前",
        "    1  `x`",
        "",
        "    y = x²",
        "",
        "    def f():",
        "        return 1",
    ]


def test_japanese_lines_are_joined_without_blanks_and_fit():
    lines = render("配列全体に対して\n働くようにします。\nこれは要素ごとです。" * 5, 40)
    assert " " not in "".join(lines)
    assert all(columns(line) <= 42 for line in lines)


PROSE = ["|e| = 4 and |f| = 2", "#3 is the third", "|a|\n|b| is more", "|x|\n---"]


@pytest.mark.parametrize("text", PROSE)
def test_prose_that_begins_with_a_bar_or_a_hash_is_prose(text: str):
    assert [kind(block) for block in blocks(text)] == ["prose"]
    assert render(text, 60) == [text.replace("\n", " ")]


def test_a_table_needs_no_blank_line_above_and_ends_where_the_bars_end():
    assert [kind(b) for b in blocks("Text\n| a | b |\n|---|---|\n| 1 | 2 |\nmore")] == ["prose", "table", "prose"]


def test_a_bar_in_code_or_in_a_formula_separates_no_cells():
    assert render("| a | b |\n|---|---|\n| `x | y` | $|x|$ |", 60) == ["    a        b", "    `x | y`  |x|"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2 * 3 * 4 and a*b*c", "2 * 3 * 4 and a*b*c"),
        ("*so* **it** is", "so it is"),
        ("a bill of $5 and $6", "a bill of $5 and $6"),
        ("`$x$` is not $x$", "`$x$` is not x"),
        ("with $\\delta$ and δ", "with δ and δ"),
    ],
)
def test_only_marks_are_taken_away(text: str, wanted: str):
    assert render(text, 60) == [wanted]


ROOT = Path(__file__).parents[2]
TEXTS = sorted([*(ROOT / "solutions").glob("*/*.md"), *(ROOT / "solutions" / "quizzes").glob("*.yaml")])


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_every_command_in_the_course_has_a_sign(path: Path):
    text = path.read_text(encoding="utf-8").replace("\\\\", "\\") if path.suffix == ".yaml" else path.read_text("utf-8")
    for match in VERBATIM.finditer(text):
        tex = match[3] or match[4]
        commands = re.findall(r"\\([a-zA-Z]{2,})", tex or "")
        spelled = set(FUNCTIONS) | {"max", "min"}
        shown = plain(tex) if tex else ""
        assert not [c for c in commands if c not in spelled and re.search(rf"(?<![a-zA-Z]){c}(?![a-zA-Z])", shown)], tex


def test_a_small_matrix_is_not_torn_and_formulas_break_where_they_end():
    matrix = r"$p = \begin{pmatrix}1&2\\3&-1\end{pmatrix}$"
    for width in range(24, 60):
        lines = render(f"It follows from what was said that {matrix}, and so on.", width)
        assert any("(1  2; 3  −1)" in line for line in lines), lines
    assert render("$$a = b + c, \\qquad d = e + f$$", 20) == ["    a = b + c,", "    d = e + f"]
    assert render(r"$\frac12 e^2$, ½", 60) == ["½ e², ½"]
