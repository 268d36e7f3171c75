"""What is wrong with a quiz's file is said with path, line, column, item and a way to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.errors import ConfigError
from autograder.quiz.source.items import Quiz, load_quiz

SAMPLE = (Path(__file__).parents[1] / "sample.yaml").read_text(encoding="utf-8")


def load(folder: Path, text: str, name: str = "quiz_x.yaml") -> Quiz:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load_quiz(path)


def error_of(folder: Path, text: str) -> ConfigError:
    with pytest.raises(ConfigError) as error:
        load(folder, text)
    assert error.value.text.ja
    return error.value


def test_a_quiz_is_read(tmp_path):
    quiz = load(tmp_path, SAMPLE)
    assert (quiz.id, quiz.title.ja, quiz.graded, quiz.replicas, len(quiz.items)) == ("quiz_x", "見本", False, 6, 12)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    type: single\n", "    type: singel\n", "unknown type 'singel' (did you mean 'single'?)"),
        ("    type: shape\n    points", "    points", "needs a type: single"),
        ("misconception: identity", "misconcepton: identity", "did you mean 'misconception'?"),
        ("answer: {value: [h, h]}", "anser: {value: [h, h]}", "did you mean 'answer'?"),
        ('constraints: ["h >= 3"]', 'constraints: ["h >== 3"]', "constraints.0"),
        ('constraints: ["h >= 3"]', 'constraints: ["h.real"]', "not allowed"),
        ("n: {int: [8, 32]}", "n: {int: [32, 8]}", "lower bound"),
        ("n: {int: [8, 32]}", "n: {int: [8, 32], choice: [1]}", "exactly one of"),
        (
            "stem: {en: Order the steps., ja: 順に並べてください。}\n    steps: [",
            "stem: {en: Order}\n    steps: [",
            "'ja'",
        ),
        ("{text: 0, correct: true}", "{text: 0}", "0 options are marked correct"),
        ("{text: 0, correct: true}", "{text: no, correct: true}", "put the text in quotes"),
        ('feedback: {en: "Downhill!", ja: "下る向きです。"}, ', "", "'ascent' needs a feedback"),
        ("credit: 0.5}", "credit: 1}", "credit"),
        ("    prove: 1 - lr * g\n", "", "'prove' is missing"),
        ("    prove: 1 - lr * g\n", "    prove: none\n", "prove: none needs a source"),
        ("after: [wash, peel]", "after: [wash, pele]", "no earlier step has the id 'pele'"),
        ('"[[1]] of {{a}} is [[2]]."', '"[[1]] of {{a}}."', "the stem (en) has the gaps 1"),
        ("type: numeric, answer: a / 2", "type: shape, answer: a / 2", "unknown type 'shape'"),
        ("prove: a / 2}", "proof: a / 2}", "did you mean 'prove'?"),
        ('regex: ["back.?prop.*"]', 'regex: ["back(prop"]', "regex"),
        ("answer: {line: 2}", "answer: {line: 5}", "only 2 lines"),
        ("{text: tanh, correct: true}", "{text: tanh, correct: true, credit: 0.5}", "neither credit"),
        ("- id: s-multi", "- id: s-single", "'s-single' is there twice"),
        ("- id: s-multi", "- id: S Multi", "id"),
        ("params: {a: {int: [2, 5]}}", "params: {e: {int: [2, 5]}}", "'e' is a constant or function"),
        ("params: {a: {int: [2, 5]}}", "params: {off: {int: [2, 5]}}", "YAML reads a name like"),
        ("params: {a: {int: [2, 5]}}", "params: {a-b: {int: [2, 5]}}", "'a-b' is not a variable's name"),
        ("mode: practice", "mode: exam", "mode"),
        ("mode: practice", "mode: practice\nnodes: 3", "unknown key"),
        ("    options: true\n", "    options: true\n    options: true\n", "given twice"),
        ("items:", "items: []\nitem:", "items"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path, old, new, said):
    assert SAMPLE.count(old) >= 1
    text = SAMPLE.replace(old, new, 1)
    error = error_of(tmp_path, text)
    assert said in error.text.en
    line, column = error.text.en.removeprefix(f"{tmp_path / 'quiz_x.yaml'}:").split(":")[:2]
    changed = next(i for i, (a, b) in enumerate(zip(SAMPLE.split("\n"), text.split("\n"), strict=False), 1) if a != b)
    assert abs(int(line) - changed) <= 9  # an item's own mistakes are told at the item or at the key
    assert int(column) >= 1


def test_errors_of_several_items_are_told_at_once(tmp_path):
    text = SAMPLE.replace("type: single\n", "type: singel\n", 1).replace("type: shape\n", "type: shap\n", 1)
    said = error_of(tmp_path, text).text.en
    assert "item s-single.type" in said
    assert "item s-shape.type" in said


def test_malformed_yaml_is_told_with_its_line(tmp_path):
    assert ":6:" in error_of(tmp_path, SAMPLE.replace("- id: s-single", "- id: [s-single", 1)).text.en


@pytest.mark.parametrize("text", ["", "[]", "3", "items: 3\n", "title: x", "a: &a [*a]", "\t"])
def test_what_is_no_quiz_is_refused(tmp_path, text):
    error_of(tmp_path, text)


def test_a_file_name_that_is_no_id_is_refused(tmp_path):
    with pytest.raises(ConfigError, match=r"<id>\.yaml"):
        load(tmp_path, SAMPLE, "Quiz-1.yaml")


def test_yaml_may_be_written_without_knowing_its_traps(tmp_path):
    text = """
title: {en: T, ja: 題}
mode: graded
items:
  - id: a-1
    type: multi
    partial: {rule: off}
    stem: {en: Which?, ja: どれですか。}
    options: [{text: 0.5, correct: true}, {text: 3}]
  - id: a-2
    type: numeric
    params: {lr: {choice: [1e-3, 1.0e-2]}, x: {float: [0.1, 0.9, 0.2]}}
    answer: lr * x
    prove: lr * x
    stem:
      en: >-
        Folded
        text {{lr}} {{x}}.
      ja: >-
        折り返した
        文章です {{lr}} {{x}}。
  - id: a-3
    type: short
    answer: {accept: Hinton}
    stem: Name
"""
    multi, numeric, short = load(tmp_path, text).items
    assert multi.partial.rule == "off"
    assert multi.options[0].text.en == "0.5"
    assert numeric.params["lr"].choice == [1e-3, 1e-2]
    assert numeric.answer.value == "lr * x"
    assert numeric.stem.ja.startswith("折り返した文章です")
    assert numeric.stem.en.startswith("Folded text")
    assert short.answer.accept.ja == ["Hinton"]
    assert short.stem.ja == "Name"
