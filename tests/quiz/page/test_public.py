"""A student's copy of a graded quiz holds questions and nothing else; a practice quiz comes back as it was."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from autograder.quiz.draw.draw import replicas
from autograder.quiz.page import sealed
from autograder.quiz.page.public import as_dict, from_json, publish, to_json
from autograder.quiz.source.items import load_quiz

QUIZ = load_quiz(Path(__file__).parents[1] / "sample.yaml")
DRAWN = [replicas(item, QUIZ.replicas) for item in QUIZ.items]


def make(graded: bool):
    return publish("sample", QUIZ.title, graded, QUIZ.intro, DRAWN)


@pytest.mark.parametrize("graded", [True, False])
def test_a_copy_is_read_back_as_it_was(graded):
    quiz = make(graded)
    assert from_json(to_json(quiz)) == quiz


def test_the_copy_of_a_practice_quiz_holds_the_replicas():
    assert [list(item.replicas) for item in make(False).items] == DRAWN


def keys(data):
    if isinstance(data, dict):
        yield from data
        for value in data.values():
            yield from keys(value)
    elif isinstance(data, list):
        for value in data:
            yield from keys(value)


def test_a_sealed_copy_has_no_key_beyond_those_of_a_question():
    allowed = {"schema", "id", "title", "en", "ja", "mode", "intro", "items", "points", "variants", "is"}
    types = [t for t in vars(sealed).values() if isinstance(t, type) and dataclasses.is_dataclass(t)]
    shown = [t for t in types if t.__module__ == sealed.__name__]
    allowed |= {f.name for t in shown for f in dataclasses.fields(t)} | {"src", "alt"}
    assert set(keys(as_dict(make(True)))) <= allowed
    secret = {
        "correct",
        "remark",
        "credit",
        "misconception",
        "feedback",
        "solution",
        "distractors",
        "accept",
        "regexes",
    }
    assert not allowed & (secret | {"fix", "key", "same", "before", "value", "answer", "shown", "atol", "rtol", "rule"})


def test_no_secret_word_is_in_a_sealed_copy(tmp_path):
    text = (
        (Path(__file__).parents[1] / "sample.yaml")
        .read_text(encoding="utf-8")
        .replace("mode: practice", "mode: graded")
    )
    marks = {
        'feedback: {en: "': 'feedback: {en: "CANARY ',
        'solution: {en: "': 'solution: {en: "CANARY ',
        "misconception: ": "misconception: canary-",
        "accept: {en: [": "accept: {en: [CANARY, ",
        'fix: "': 'fix: "CANARY ',
        'regex: ["': 'regex: ["CANARY',
        "prove: ": "prove: CANARY + ",
    }
    for plain, marked in marks.items():
        assert plain in text
        text = text.replace(plain, marked)
    path = tmp_path / "canary.yaml"
    path.write_text(text, encoding="utf-8")
    quiz = load_quiz(path)
    drawn = [replicas(item, 3) for item in quiz.items]
    assert "CANARY" in to_json(publish("q", quiz.title, False, None, drawn))
    assert "canary" not in to_json(publish("q", quiz.title, True, None, drawn)).lower()


def test_the_answers_of_open_questions_are_not_in_a_sealed_copy():
    for item in as_dict(make(True))["items"]:
        if item["id"] in ("s-short", "s-bug", "s-shape", "s-numeric"):
            for variant in item["variants"]:
                assert variant["ask"].keys() <= {"is", "unit", "printed", "lines"}


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: d.pop("mode"),
        lambda d: d["items"][0].pop("variants"),
        lambda d: d["items"][0].update(variants=[]),
        lambda d: d["items"][0]["variants"][0].update({"is": "Path"}),
        lambda d: d["items"][0]["variants"][0].update(kind=3),
        lambda d: d["items"][0]["variants"][0].update(secret="x"),
        lambda d: d["items"][0]["variants"][0].pop("stem"),
        lambda d: d.update(items=3),
    ],
)
@pytest.mark.parametrize("graded", [True, False])
def test_a_damaged_copy_is_refused_with_one_kind_of_error(damage, graded):
    data = json.loads(to_json(make(graded)))
    damage(data)
    with pytest.raises(ValueError):
        from_json(json.dumps(data))


def test_a_graded_copy_with_answers_in_it_is_refused():
    data = json.loads(to_json(make(False))) | {"mode": "graded"}
    with pytest.raises(ValueError):
        from_json(json.dumps(data))
