"""Terminal messages become paragraphs, code and tables, and lose nothing."""

from __future__ import annotations

import time

from autograder.report.message import Block, blocks

MESSAGE = """relu(array([[-1.5, 2.]]))
The result has 2 of 6 elements wrong; the first is at [0, 0].
Largest error: 1.5 absolute
  index  | yours | expected
  -------|-------|---------
  [0, 0] |   1.5 |        0
  [1, 1] |   0.5 |        0
  (the first 2 of 3)
Likely cause: Negative inputs came out positive."""


def test_a_message_of_the_engine_is_taken_apart():
    found = blocks(MESSAGE, "Negative inputs came out positive.")
    assert [b.kind for b in found] == ["code", "text", "text", "table", "text"]
    assert found[0].text == "relu(array([[-1.5, 2.]]))"
    assert found[3].rows == (("index", "yours", "expected"), ("[0, 0]", "1.5", "0"), ("[1, 1]", "0.5", "0"))
    assert found[4].text == "(the first 2 of 3)"


def test_the_cause_is_left_out_only_where_it_is_shown_elsewhere():
    assert blocks(MESSAGE)[-1] == Block("text", "Likely cause: Negative inputs came out positive.")


def test_a_japanese_table_is_a_table():
    text = "  位置   | あなたの結果 | 正しい値\n  -------|--------------|---------\n  [0, 0] |          1.5 |        0"
    (block,) = blocks(text)
    assert block.rows[0] == ("位置", "あなたの結果", "正しい値")


def test_an_error_keeps_its_indented_lines():
    found = blocks("ValueError: shapes differ\n  (3,) and (2,)\nrelu.py, line 3: return x")
    assert found == [
        Block("code", "ValueError: shapes differ\n  (3,) and (2,)"),
        Block("text", "relu.py, line 3: return x"),
    ]


def test_a_single_line_with_a_bar_is_no_table():
    assert blocks("use a | b") == [Block("text", "use a | b")]


def test_a_rule_may_stand_in_any_width():
    (block,) = blocks("a | b\n--|--\n- | ----\n1 | 2")
    assert block.rows == (("a", "b"), ("1", "2"))


def test_a_line_that_is_almost_a_rule_is_read_at_once():
    began = time.perf_counter()
    (first, second) = blocks("a\n" + "--|" * 20_000 + "x")
    assert time.perf_counter() - began < 1
    assert first == Block("text", "a")
    assert second.text.endswith("| x")
