r"""What YAML would make of a scalar without a word: TeX in double quotes, numbers that are texts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.errors import ConfigError
from autograder.quiz.source.items import load_quiz

BANK = sorted((Path(__file__).parents[3] / "solutions" / "quizzes").glob("*.yaml"))
HEAD = "title: {en: T, ja: T}\nmode: graded\nitems:\n"
SINGLE = """- id: t-1
  type: single
  stem: STEM
  options: [{text: OPTION, correct: true}, {text: other}]
  solution: {en: So., ja: です。}
"""
NUMERIC = """- id: t-2
  type: numeric
  stem: {en: How many?, ja: いくつですか。}
  params: {a: {choice: [NUMBER, 2]}}
  answer: a
  prove: a
  points: NUMBER
"""


def errors(folder: Path, text: str) -> list[str]:
    path = folder / "quiz_t.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    try:
        load_quiz(path)
    except ConfigError as error:
        return error.text.en.split("\n")
    return []


def single(folder: Path, stem: str = "{en: Which?, ja: どれ？}", option: str = "one") -> list[str]:
    return errors(folder, SINGLE.replace("STEM", stem).replace("OPTION", option))


TEX = [
    *(r"$\beta$", r"$\theta$", r"\theta is", r"$\nabla f$", r"\nabla", r"$\frac{1}{2}$", r"$\alpha\rho$", r"$\nu$"),
    *(r"$\tau$", r"$x \times y$", r"\times", r"$\eta$", r"$\varphi$", r"$\rho$", r"\right)", r"$\tanh x$", r"$\ne 0$"),
    *(r"$\bar x$", r"$\text{lr}$", r"$\Phi$", r"$\Lambda$", r"$\infty \approx \exists$", r"$\vee$", r"$\foo$"),
]


@pytest.mark.parametrize("tex", TEX)
def test_tex_in_double_quotes_is_refused_with_its_line(tmp_path, tex):
    (found,) = single(tmp_path, f'{{en: "So {tex} it is", ja: どれ？}}')
    assert re.match(rf"{tmp_path}/quiz_t\.yaml:6:\d+: ", found)
    # What YAML itself refuses says the same.
    assert "single quotes" in found


@pytest.mark.parametrize("tex", [t for t in TEX if "infty" not in t])
def test_with_single_quotes_or_two_backslashes_it_is_fine(tmp_path, tex):
    assert single(tmp_path, f"{{en: 'So {tex} it is', ja: どれ？}}") == []
    twice = tex.replace("\\", "\\\\")
    assert single(tmp_path, f'{{en: "So {twice} it is", ja: どれ？}}') == []


ESCAPES = [r"one\ntwo", r"0\n0\n{{a}}", r"a\tb", r"\u03b2", r"\"quoted\"", r"one\n\ntwo", r"x\nu = 3"]


@pytest.mark.parametrize("text", ESCAPES)
def test_the_escapes_that_a_text_needs_stay(tmp_path, text):
    found = single(tmp_path, f'{{en: "{text}", ja: どれ？}}')
    assert [f for f in found if "double quotes" in f or "control" in f] == []


@pytest.mark.parametrize("text", [r"a\bc", r"\a", r"\e[31m", r"\x1b", r"\u0000", r"\x7f", r"\N", r"\L", r"\x85"])
def test_other_control_characters_are_refused(tmp_path, text):
    (found,) = single(tmp_path, f'{{en: "{text}", ja: どれ？}}')
    assert ":6:14: " in found
    assert "control character" in found or "double quotes" in found


def test_a_text_over_several_lines_is_read_as_a_whole(tmp_path):
    (found,) = single(tmp_path, '{en: "with $a =\n    \\\\alpha$ and $\\beta$", ja: どれ？}')
    assert ":6:14: " in found
    assert r"\beta" in found
    assert r"\alpha" not in found


ODD = [
    "3.10",
    "010",
    "1:30",
    "1_000",
    "0x10",
    "0b11",
    ".5",
    "+7",
    "1.10",
    "12:30:45",
    "-0",
    "5.",
    "1.0e+3",
    "1.50",
    ".inf",
]


@pytest.mark.parametrize("written", ODD)
def test_a_number_that_as_a_text_would_be_another_is_refused(tmp_path, written):
    for option in (written, f"{{en: {written}, ja: '1'}}", f"{{en: '1', ja: {written}}}"):
        (found,) = single(tmp_path, option=option)
        assert f"YAML reads {written} as " in found
        assert ":7:" in found
    assert single(tmp_path, option=f"'{written}'") == []


@pytest.mark.parametrize("written", ["2024-01-01", "2024-01-01 10:00:00"])
def test_a_date_is_named_as_one(tmp_path, written):
    found = single(tmp_path, option=written)
    assert any(f"YAML reads {written} as a date" in f for f in found)


@pytest.mark.parametrize("written", ["3", "3.9", "0.25", "-1", "1e3", "0", "1000000", "0o17", "1.0"])
def test_a_number_that_is_shown_as_written_is_a_text(tmp_path, written):
    assert single(tmp_path, option=written) == []


@pytest.mark.parametrize("written", [".5", "+7", "1_000", "1.50", "3.10", "0x10", "1.0e+3"])
def test_where_a_number_is_wanted_it_may_be_written_in_any_way(tmp_path, written):
    assert errors(tmp_path, NUMERIC.replace("NUMBER", written)) == []


@pytest.mark.parametrize("written", ["010", "1:30", "1_0:30", "007"])
def test_a_number_that_means_another_is_refused_everywhere(tmp_path, written):
    found = errors(tmp_path, NUMERIC.replace("NUMBER", written))
    assert len(found) == 2
    assert all(f"YAML reads {written} as " in f for f in found)


def test_words_of_short_answers_tags_and_outputs_are_texts(tmp_path):
    short = "- {id: t-3, type: short, stem: {en: Which?, ja: どれ？}, tags: [1.10], answer: {accept: [1:30, 3.10]}}\n"
    assert len({f.split(": ")[-1] for f in errors(tmp_path, short) if "YAML reads" in f}) == 3
    printed = "- {id: t-4, type: output, stem: {en: What?, ja: 何？}, code: print(1), answer: 1_0}\n"
    assert sum("YAML reads" in f for f in errors(tmp_path, printed)) == 1


@pytest.mark.parametrize("path", BANK, ids=lambda p: p.stem)
def test_the_bank_says_what_is_written(path):
    load_quiz(path)
