"""Blocks become lines and HTML, say the same in both, and lose nothing."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from autograder.codec import decode, encode
from autograder.i18n import LANGS, Lang, Text
from autograder.model import (
    BLOCKS,
    Called,
    Cause,
    Lines,
    NoFunction,
    NotLoaded,
    Place,
    Raised,
    Sentence,
    Table,
)
from autograder.text.clean import clean
from autograder.text.told import capped, ended, lines, mapped, text_of
from autograder.text.told_html import told_html

TABLE = Table(
    (Text("index", "位置"), Text("yours", "あなたの結果"), Text("expected", "正しい値")),
    (("[0, 0]", "1.5", "0"), ("[1, 1]", "0.5", "0")),
    3,
)
EVERY = (
    Called("relu(array([[-1.5, 2.]]))"),
    Raised("ValueError: shapes differ\n  (3,) and (2,)"),
    Sentence(Text("The result has 3 of 6 elements wrong.", "6 個の要素のうち 3 個が違います。")),
    Place(Text("cell [3]", "セル [3]"), 2, "  return x\n"),
    TABLE,
    NoFunction("relu.py", "relu_grad", Text("There is 'relu_gard'.", "'relu_gard' はあります。")),
    NotLoaded("relu.py"),
    Lines(Text.of("    return (\n           ^")),
    Cause("absolute_value", Text("Negative inputs came out positive.", "負の入力が正になっています。")),
)


class Words(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data + "\n"


def test_each_kind_of_block_is_here() -> None:
    assert {type(b) for b in EVERY} == set(BLOCKS.values())


def test_a_table_is_set_in_columns_of_the_readers_language() -> None:
    assert lines([TABLE], "ja") == [
        "  位置   | あなたの結果 | 正しい値",
        "  -------|--------------|---------",
        "  [0, 0] |          1.5 |        0",
        "  [1, 1] |          0.5 |        0",
        "  （違う 3 個のうち最初の 2 個）",
    ]


def test_packed_lines_have_no_rule_and_no_padding() -> None:
    assert lines([TABLE], "en", packed=True) == [
        "index | yours | expected",
        "[0, 0] | 1.5 | 0",
        "[1, 1] | 0.5 | 0",
        "(the first 2 of 3)",
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_says_what_the_lines_say(lang: Lang) -> None:
    def words(text: str) -> str:
        return "".join(text.replace("-", "").replace("|", "").split())

    assert words(Words(told_html(EVERY, lang)).text) == words("\n".join(lines(EVERY, lang)))


def test_code_is_code_and_a_table_is_a_table() -> None:
    tags = Words(told_html(EVERY, "en")).tags
    assert tags.count("pre") == 2, "call and exception are one piece; the marked line is another"
    assert tags.count("table") == 1
    assert tags.count("tr") == 3


def test_nothing_in_a_block_is_markup() -> None:
    evil = mapped(EVERY, lambda text: f"<img onerror=x> {text} `<b>`")
    assert not {"img", "b"} & set(Words(told_html(evil, "en")).tags)


def test_blocks_survive_the_pipe_and_the_gradebook() -> None:
    assert tuple(decode(encode(block), BLOCKS) for block in EVERY) == EVERY


def test_every_string_of_every_block_is_cleaned() -> None:
    acting = mapped(EVERY, lambda text: "\x1b[2J" + text)
    for lang in LANGS:
        said = "\n".join(lines(mapped(acting, clean), lang)) + told_html(mapped(acting, clean), lang)
        assert "\x1b" not in said
        assert "\\x1b[2J" in said
    assert mapped(EVERY, clean) is EVERY


def test_a_message_is_cut_at_its_length() -> None:
    said = text_of(capped((Called("a" * 50), Raised("b" * 10_000), Sentence(Text.of("c"))), 100))
    assert (said.en.count("a"), said.en.count("b"), said.en.count("c")) == (50, 50, 0)


def test_a_message_that_is_but_a_place_says_how_the_test_ended() -> None:
    place = Place(Text.of("relu.py"), 3)
    assert lines(ended("timeout", (place,)), "en") == ["Your code did not finish in time.", "relu.py, line 3"]
    assert ended("error", (Raised("KeyError"), place)) == (Raised("KeyError"), place)
