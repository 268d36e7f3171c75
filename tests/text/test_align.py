"""Columns of a terminal."""

import pytest

from autograder.text.align import columns, hanging, pad, table, wrap


def test_full_width_characters_take_two_columns():
    assert columns("位置a") == 5
    assert pad("位置", 6) == "位置  "
    assert pad("位置", 6, right=True) == "  位置"


def test_rules_of_a_table_stand_under_each_other_in_both_widths():
    for line in table(("位置", "値"), [("[0]", "1.5"), ("[10]", "2")]):
        bar = line.index("|")
        assert columns(line[:bar]) == 5


def test_wrapped_lines_fit_and_lose_nothing():
    text = "重み付き和だけを何層重ねても、全体は 1 つの大きな和（a weighted sum）にしかなりません。"
    for width in (10, 17, 24, 40):
        lines = wrap(text, width)
        assert all(columns(line) <= width + 2 for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_line_begins_with_no_closing_mark_and_ends_with_no_opening_one():
    lines = wrap("あああ、いいい。（ううう）えええ、" * 4, 12)
    assert not any(line[0] in "、。）" or line[-1] == "（" for line in lines)


def test_a_word_longer_than_the_line_stands_alone():
    assert wrap("a " + "b" * 30 + " c", 10) == ["a", "b" * 30, "c"]


@pytest.mark.parametrize("width", range(24, 60))
@pytest.mark.parametrize(
    "text",
    [
        "Go on with it later by autograder quiz quiz_x",
        "Every exercise is passed: 'autograder submit' packs them, 'autograder list' shows them all.",
        "学籍番号を指定してください（一覧は autograder list --all）。次は autograder submit です。",
        "Write `x = np.zeros((3, 4))` and then `y = x @ w`, or `print(x)`.",
    ],
)
def test_no_line_ends_within_a_command_or_code(text: str, width: int):
    lines = wrap(text, width)
    for unit in ("autograder quiz quiz_x", "'autograder submit'", "'autograder list'", "`x = np.zeros((3, 4))`"):
        assert unit not in text or any(unit in line for line in lines), lines
    for unit in ("autograder list --all", "autograder submit", "`y = x @ w`"):
        assert unit not in text or any(unit in line for line in lines), lines
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(columns(line) <= max(width, 26) for line in lines), lines


def test_a_command_longer_than_a_line_is_broken_at_its_blanks():
    lines = wrap("then: python -m pip install one two three four", 16)
    assert lines == ["then: python -m", "pip install one", "two three four"]


def test_further_lines_hang_below_the_first():
    assert hanging("The answer: ", "one two three", 20) == ["The answer: one two", "            three"]
