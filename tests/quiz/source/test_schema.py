"""The schema for editors takes what the loader takes, and underlines what an author mistypes."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from autograder.course.load import QUIZZES
from autograder.errors import ConfigError
from autograder.quiz.source.items import load_quiz
from autograder.quiz.source.kinds import TYPES
from autograder.quiz.source.schema import quiz_schema

jsonschema = pytest.importorskip("jsonschema")
ROOT = Path(__file__).resolve().parents[3]
FILES = sorted((ROOT / "solutions" / QUIZZES).glob("*.yaml"))
SAMPLE = Path(__file__).parents[1] / "sample.yaml"


@pytest.fixture(scope="module")
def validator() -> Any:
    schema = quiz_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def _read(path: Path) -> Any:
    # As the loader does: libyaml, which takes a question mark inside a flow mapping.
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@pytest.mark.parametrize("path", [*FILES, SAMPLE], ids=lambda p: p.stem)
def test_every_quiz_that_the_loader_takes_is_valid(validator: Any, path: Path) -> None:
    load_quiz(path)
    assert [(list(e.absolute_path), e.message) for e in validator.iter_errors(_read(path))] == []


def test_the_files_name_the_schema() -> None:
    line = "# yaml-language-server: $schema=../../autograder/schemas/quiz.schema.json\n"
    assert [p.name for p in FILES if not p.read_text(encoding="utf-8").startswith(line)] == []


def test_the_sample_has_every_type() -> None:
    assert {item["type"] for item in _read(SAMPLE)["items"]} == set(TYPES)


@pytest.mark.parametrize("kind", TYPES)
def test_a_mistyped_key_is_refused_as_the_loader_refuses_it(validator: Any, kind: str, tmp_path: Path) -> None:
    quiz = _read(SAMPLE)
    item = next(i for i in quiz["items"] if i["type"] == kind)
    quiz["items"] = [item]
    for key in [k for k in item if k != "type"]:
        broken = copy.deepcopy(quiz)
        broken["items"][0][key + "x"] = broken["items"][0].pop(key)
        assert list(validator.iter_errors(broken)), key
        path = tmp_path / "quiz.yaml"
        path.write_text(yaml.safe_dump(broken, allow_unicode=True), encoding="utf-8")
        with pytest.raises(ConfigError, match="unknown key"):
            load_quiz(path)


@pytest.mark.parametrize(
    "change",
    [
        {"type": "numerical"},
        {"points": 0},
        {"stem": {"en": "only English"}},
        {"params": {"a": {"int": [1]}}},
        {"answer": {"line": 2}},
        {"distractors": [{"value": 2, "credit": 1}]},
    ],
    ids=str,
)
def test_a_wrong_value_is_refused_as_the_loader_refuses_it(
    validator: Any, change: dict[str, Any], tmp_path: Path
) -> None:
    item = {"id": "n", "type": "numeric", "stem": {"en": "1 + 1?", "ja": "1 + 1 は"}, "answer": 2, "prove": "1 + 1"}
    quiz = {"title": {"en": "Q", "ja": "クイズ"}, "mode": "practice", "items": [item]}
    assert not list(validator.iter_errors(quiz))
    quiz["items"] = [item | change]
    assert list(validator.iter_errors(quiz))
    path = tmp_path / "quiz.yaml"
    path.write_text(yaml.safe_dump(quiz, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ConfigError):
        load_quiz(path)
