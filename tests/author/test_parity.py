# ruff: noqa: E501 - a row of a table is one line
"""Differences between the two languages are found; differences of wording are not."""

import pytest

from autograder.author.parity import check_parity
from autograder.course.exercise import load_exercise


def problems(small) -> list[str]:
    return [f"{p.level} {p.file.name}: {p.text.en}" for p in check_parity(load_exercise(small.source))]


def test_the_skeleton_says_the_same_in_both_languages(small):
    assert problems(small) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "found"),
    [
        ("statement.ja.md", "## 計算例\n", "", "error statement.ja.md: 4 headings, but the English statement has 5"),
        ("statement.ja.md", "$$y_i = x_i - \\frac{1}{n} \\sum_{j} x_j$$", "", "error statement.ja.md: 0 formulas, but the English statement has 1; only on one side: y_i=x_i"),
        ("statement.en.md", "## Worked", "```\na = 1\n```\n\n## Worked", "error statement.ja.md: 0 code blocks, but the English statement has 1; only on one side: ``` a = 1 ```"),
        ("statement.en.md", "Say in", "まず Say in", "error statement.en.md: statement: Japanese in the English text: 'the mean  まず Say"),
        ("hints.yaml", 'ja: "中央の値が引かれています。それは平均でしょうか。"', 'ja: "Median?"', "error hints.yaml: causes.median_used: no Japanese in the Japanese text"),
        ("hints.yaml", "何をするのでしょうか。", "何をしますか．", "warning hints.yaml: causes.mean_returned: write 、。 rather than ，．"),
        ("exercise.yaml", "ja: 関数の値", "ja: The values of it", "error exercise.yaml: groups.values: no Japanese in the Japanese text"),
        ("centre.py", "    ---\n", "", "error centre.py: centre: the docstring needs an English and a Japanese part, with a line '---' between them"),
        ("centre.py", "\n---\n軸に沿って平均を引きます。課題の説明は ``statement.ja.md`` にあります。\n", "", "error centre.py: module: the docstring needs an English"),
    ],
)  # fmt: skip
def test_a_difference_is_found(small, name, old, new, found):
    small.edit(name, old, new)
    assert any(p.startswith(found) for p in problems(small)), problems(small)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("statement.en.md", "Say in", 'The slide calls it "平均" (センタリング). Say in'),
        ("statement.ja.md", "関数の意味", "関数 $f$ の意味"),
        ("exercise.yaml", "{en: The values, ja: 関数の値}", "{en: Adam, ja: Adam}"),
        ("statement.ja.md", "\\frac{1}{n} \\sum_{j} x_j", "\\frac{1}{n}\\sum_{j}x_j"),
    ],
)
def test_freedom_of_wording_is_no_difference(small, name, old, new):
    small.edit(name, old, new)
    assert problems(small) == []


def test_an_empty_statement_is_found(small):
    (small.source / "statement.ja.md").write_text("")
    assert problems(small) == ["error statement.ja.md: the statement is empty"]
