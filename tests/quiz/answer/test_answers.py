"""An answer file is read whatever its author did to it; what cannot be read is told with its line."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.quiz.answer.answers import MAX_TEXT, Given, read_answers


def raws(text: str) -> dict[str, object]:
    found = read_answers(text)
    return {name: answer.raw for name, answer in found.given.items()}


def test_an_answer_file_is_read():
    found = read_answers(
        "quiz: quiz_cnn\nstudent: s001\nanswers:\n"
        "  conv-out-01: {variant: 3, answer: '(3, 4)'}\n  act-relu-01: b\n  m-1: {a: 2, b: 1}\n  o-1: [c, a, b]\n"
    )
    assert (found.quiz, found.student, found.problems) == ("quiz_cnn", "s001", ())
    assert found.given == {
        "conv-out-01": Given("(3, 4)", 3),
        "act-relu-01": Given("b"),
        "m-1": Given({"a": "2", "b": "1"}),
        "o-1": Given(["c", "a", "b"]),
    }


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("no", "no"),
        ("1:30", "1:30"),
        ("1_000", "1_000"),
        ("2024-01-01", "2024-01-01"),
        ("1,5", "1,5"),
        ("0x1F", "0x1F"),
        ("~", "~"),
        ("'1.0'", "1.0"),
        ("(3, 4)", "(3, 4)"),
        ("010", "010"),
        ("1e3", "1e3"),
        ("!!python/object:os.system x", "x"),
    ],
)
def test_every_scalar_is_what_was_typed(written, read):
    assert raws(f"answers:\n  a-1: {written}\n") == {"a-1": read}
    assert raws(f"a-1: {written}\n") == {"a-1": read}


def test_the_mapping_alone_is_an_answer_file():
    assert raws("\na-1: b\na-2: 3\n") == {"a-1": "b", "a-2": "3"}


def test_a_japanese_keyboard_is_understood():
    assert raws("answers：\n　a-1：１．５\n　a-2 ： ｂ\n") == {"a-1": "１．５", "a-2": "ｂ"}


def test_json_is_read_with_tabs_and_all():
    data = {"quiz": "q", "answers": {"a-1": {"variant": 2, "answer": "b"}, "a-2": 0.25, "a-3": True, "a-4": None}}
    found = read_answers("\ufeff" + json.dumps(data, indent="\t"))
    assert found.given == {"a-1": Given("b", 2), "a-2": Given("0.25"), "a-3": Given("true"), "a-4": Given("")}
    assert found.problems == ()


def test_a_bracket_missing_costs_one_answer_and_is_told_with_its_line():
    found = read_answers("answers:\n  a-1: b\n  a-2: [a, c\n  a-3: {variant: 1, answer: '(3, 4)'}\n  a-4: 7\n")
    assert {k: found.given[k] for k in ("a-1", "a-3", "a-4")} == {
        "a-1": Given("b"),
        "a-3": Given("(3, 4)", 1),
        "a-4": Given("7"),
    }
    assert "line 4" in found.problems[0].en or "line 3" in found.problems[0].en
    assert "行目" in found.problems[0].ja


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a-1: b\n\ta-2: c\na-3: d\n", {"a-1", "a-3"}),
        ("a-1: 'b\na-2: c\n", {"a-1", "a-2"}),
        ("- a-1: b\n- a-2: c\n", {"a-1", "a-2"}),
        ("%%quiz q\na-1: b\n@: x\n", {"a-1"}),
        ('{"answers": {"a-1": "b",}', set()),
        ('{\n "answers": {\n  "a-1": "b",\n  "a-2": {"variant": 1, "answer": "c"},\n', {"a-1", "a-2"}),
    ],
)
def test_what_is_no_yaml_is_read_line_by_line(text, expected):
    found = read_answers(text)
    assert set(found.given) >= expected
    assert found.problems


def test_indented_lines_belong_to_the_item_above():
    found = read_answers(
        "answers:\n  c-1:\n    1: a\n    2: 0.5\n  d-1:\n    variant: 2\n    answer: x\n bad\n  e-1: [\n"
    )
    assert found.given["c-1"].raw == "1: a\n2: 0.5"
    assert found.given["d-1"] == Given("x", 2)


def test_an_answer_given_twice_is_told_and_the_last_counts():
    for text in ("answers:\n  a-1: b\n  a-1: c\n", '{"answers": {"a-1": "b", "a-1": "c"}}'):
        found = read_answers(text)
        assert found.given["a-1"].raw == "c"
        assert "twice" in found.problems[0].en
    assert read_answers("a-1: b\na-1: b\n").problems == ()


def test_a_bomb_of_aliases_is_refused_at_once():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(24)
    )
    start = time.perf_counter()
    found = read_answers(bomb)
    assert "aliases" in found.problems[0].en
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    "text",
    [
        *("[" * 50_000, "{" * 50_000, "a: " * 50_000, "- " * 50_000, "a-1: " + "[" * 5000, " " * 200_000),
        *("？" * 100_000, "x" * (MAX_TEXT + 10), '{"a":' * 20_000, "　" * 100_000, "\n" * 200_000, "'" * 100_000),
        "a" * 200_000 + ":",
    ],
    ids=range(13),
)
def test_hostile_texts_are_read_in_no_time(text):
    start = time.perf_counter()
    read_answers(text)
    assert time.perf_counter() - start < 3


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text):
    read_answers(text)
    read_answers("answers:\n  a-1: " + text)


@pytest.mark.parametrize("variant", ["x", "-1", "[1]", "1.5", "99999999"])
def test_a_variant_that_is_no_number_is_marked(variant):
    assert read_answers(f"a-1: {{variant: {variant}, answer: b}}").given["a-1"].variant_problem


@pytest.mark.parametrize("text", ["answers: 3", "answers: [a, b]", "answers: b"])
def test_answers_that_are_no_mapping_are_told(text):
    assert "no mapping" in read_answers(text).problems[0].en


@pytest.mark.parametrize("text", [r'{"a-1\ud800": "\udfff x"}', r'a-1: "\ud800"', r'"\ud800": {answer: "\udc00"}'])
def test_half_a_surrogate_pair_does_not_travel(text):
    found = read_answers(text)
    assert found.given or found.problems
    assert str((found.given, found.problems)).encode("utf-8")


@pytest.mark.parametrize("text", ["", "   ", "answers:", "# nothing\n", "{}", "quiz: q\nanswers: {}\n"])
def test_an_empty_file_is_no_mistake(text):
    found = read_answers(text)
    assert (dict(found.given), found.problems) == ({}, ())


def test_without_pyyaml_lines_and_json_are_read_all_the_same():
    code = (
        "import sys; sys.modules['yaml'] = None\n"
        "from autograder.quiz.answer.answers import read_answers\n"
        "print({k: v.raw for k, v in read_answers('quiz: q\\na-1: b\\na-2: (3, 4)  # shape\\n').given.items()})\n"
        'print(read_answers(\'{"answers": {"a-1": "b"}}\').given[\'a-1\'].raw)'
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "{'a-1': 'b', 'a-2': '(3, 4)'}\nb\n"


def test_a_line_indented_with_a_tab_is_an_answer_of_its_own_and_the_tab_is_named():
    found = read_answers("fin-gate: b\n\tfin-word: dropout\nfin-shape: [1\n")
    assert {k: v.raw for k, v in found.given.items()} == {"fin-gate": "b", "fin-word": "dropout", "fin-shape": "[1"}
    assert "line 2" in found.problems[0].en
    assert "タブ文字" in found.problems[0].ja
