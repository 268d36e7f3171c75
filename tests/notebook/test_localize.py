from __future__ import annotations

import ast

import pytest

from autograder.author.notebooks.localize import choose_comments, localize, unwrap_japanese
from autograder.author.stub import make_stub
from autograder.course.exercise import Exercise

SOURCE = '''\
"""Module.

---
モジュール。
"""

import numpy as np


def f(x):
    """Twice x.

    x : array
    ---------

    ---
    x の 2 倍です。

    - x は配列です。
    """
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


class C:
    """One.

    ---
    1 つ。
    """

    def g(self):
        """Only English."""
'''


def test_each_language_keeps_its_half_of_a_docstring() -> None:
    en, ja = localize(SOURCE, "en"), localize(SOURCE, "ja")
    assert '"""Twice x.\n\n    x : array\n    ---------\n    """' in en
    assert '"""x の 2 倍です。\n\n    - x は配列です。\n    """' in ja
    assert '"""One."""' in en
    assert '"""1 つ。"""' in ja


def test_what_is_not_bilingual_stays() -> None:
    assert '"""Only English."""' in localize(SOURCE, "ja")


def test_the_module_docstring_is_left_out_and_the_code_is_not_touched() -> None:
    for lang in ("en", "ja"):
        made = localize(SOURCE, lang)  # type: ignore[arg-type]
        assert made.startswith("import numpy as np\n")
        assert "    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION\n" in made


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_reference_and_stub_keeps_its_code(exercises: dict[str, Exercise], lang: str) -> None:
    for exercise in exercises.values():
        stub = make_stub(exercise.reference, exercise.config.functions)
        for source in (exercise.reference.read_text(encoding="utf-8"), stub):
            assert _code(localize(source, lang)) == _code(source)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_stub_asks_for_code_in_one_language(exercises: dict[str, Exercise], lang: str) -> None:
    for exercise in exercises.values():
        made = localize(make_stub(exercise.reference, exercise.config.functions), lang)  # type: ignore[arg-type]
        assert ("Write your code here" in made) == (lang == "en")
        assert ("ここにコードを書き" in made) == (lang == "ja")
        assert lang == "ja" or made.isascii() or not any("\u3040" <= c <= "\u30ff" for c in made)


def test_tagged_comments_are_chosen() -> None:
    source = "# en: Hello.\n# ja: こんにちは。\nx = 1  # plain\n"
    assert choose_comments(source, "en") == "# Hello.\nx = 1  # plain\n"
    assert choose_comments(source, "ja") == "# こんにちは。\nx = 1  # plain\n"


def test_a_japanese_sentence_is_one_line_and_everything_else_keeps_its_lines() -> None:
    kept = "\n".join(
        ["# 見出し", "本文", "", "| 表 |", "|---|", "| 値 |", "```", "あ", "い", "```", "$$", "x", "y", "$$"]
    )
    assert unwrap_japanese(kept) == kept
    assert unwrap_japanese("前の行は\n続きます。\n`x` も続きます。") == "前の行は続きます。`x` も続きます。"
    assert unwrap_japanese("- 項目は\n  続きます。\n- 次の項目") == "- 項目は続きます。\n- 次の項目"
    assert unwrap_japanese("空白が要る\nNumPy の前") == "空白が要る\nNumPy の前"


def _code(source: str) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node, clean=False):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)
