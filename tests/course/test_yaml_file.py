"""Every error of a YAML file says where, what, and the name that was probably meant."""

from pathlib import Path

import pytest

from autograder.course.exercise import ExerciseConfig, HintsConfig
from autograder.course.yaml_file import Config, parse, parse_document
from autograder.errors import ConfigError
from autograder.i18n import Text

GOOD = """\
title: {en: A, ja: あ}
functions: [f]
groups:
  title: {points: 5, title: {en: V, ja: 値}}
"""


def fails(tmp_path: Path, text: str, model: type[Config] = ExerciseConfig) -> Text:
    path = tmp_path / "exercise.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        parse(path, model)
    assert caught.value.exit_code == 3
    text = caught.value.text
    return Text(text.en.replace(f"{path}:", ""), text.ja.replace(f"{path}:", ""))


@pytest.mark.parametrize(
    ("old", "new", "en"),
    [
        ("functions", "fonctions", "2:1: fonctions: unknown key (did you mean 'functions'?)"),
        ("functions", "fonctions", "1:1: missing key 'functions'"),
        ("points: 5", "ponits: 5", "4:11: groups.title.ponits: unknown key (did you mean 'points'?)"),
        ("points: 5", "ponits: 5", "4:10: groups.title: missing key 'points'"),
        ("points: 5", "points: 0", "4:19: groups.title.points: input should be greater than 0"),
        ("points: 5", "points: five", "4:19: groups.title.points: input should be a valid number"),
        ("{en: V, ja: 値}", "{en: V}", "4:29: groups.title.title: missing key 'ja'"),
        ("{en: V, ja: 値}", "{en: V, ja: ' '}", "4:41: groups.title.title.ja: the text is empty"),
        ("[f]", "[f, f]", "2:12: functions: 'f' is listed twice"),
        ("[f]", "[lambda]", "2:12: functions: 'lambda' is not a Python name"),
        ("functions: [f]", "functions: [f]\nfunctions: [g]", "3:1: functions: key given twice"),
    ],
)  # fmt: skip
def test_an_error_names_line_column_key_and_the_nearest_name(tmp_path, old, new, en):
    assert any(line.startswith(en) for line in fails(tmp_path, GOOD.replace(old, new, 1)).en.split("\n"))


def test_a_dict_key_that_is_also_a_field_name_does_not_confuse_the_known_keys(tmp_path):
    # The group is called "title", and Group has a field of that name.
    assert "did you mean 'points'?" in fails(tmp_path, GOOD.replace("points", "pionts")).en


def test_an_error_is_told_in_japanese_too(tmp_path):
    ja = fails(tmp_path, GOOD.replace("points: 5", "ponits: 5")).ja
    assert "4:10: groups.title: キー 'points' がありません" in ja
    assert "未知のキーです（'points' のことでしょうか）" in ja


def test_broken_yaml_names_the_place(tmp_path):
    assert fails(tmp_path, "title: {en: A\n").en.startswith("2:1: expected")


@pytest.mark.parametrize("text", ["&a [*a]", "{[1]: 2}", "- 1", "'text'", "? {a: 1}\n: 2"])
def test_yaml_that_is_no_mapping_of_names_is_an_error_and_no_crash(tmp_path, text):
    assert fails(tmp_path, text).en


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "hints.yaml"
    path.write_bytes("hints: [{en: a, ja: あ}]".encode("cp932"))
    with pytest.raises(ConfigError, match="not UTF-8"):
        parse(path, HintsConfig)


def test_a_byte_order_mark_is_accepted_and_a_missing_file_is_named(tmp_path):
    path = tmp_path / "hints.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + "hints: [{en: a, ja: あ}]".encode())
    assert parse(path, HintsConfig).hints[0].text == Text("a", "あ")
    with pytest.raises(ConfigError, match=r"nothing\.yaml: no such file"):
        parse(tmp_path / "nothing.yaml", HintsConfig)


def test_an_empty_file_is_an_empty_mapping(tmp_path):
    path = tmp_path / "hints.yaml"
    path.write_text("")
    assert parse(path, HintsConfig) == HintsConfig()


def test_a_document_reports_errors_that_only_its_caller_can_know(tmp_path):
    path = tmp_path / "hints.yaml"
    path.write_text("hints:\n  - {en: a, ja: あ}\n  - {en: b, ja: い}\n", encoding="utf-8")
    error = parse_document(path, HintsConfig).error(["hints", 1, "ja"], Text("odd", "変"))
    assert str(error) == f"{path}:3:17: hints.1.ja: odd"
