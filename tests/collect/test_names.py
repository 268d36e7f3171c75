from __future__ import annotations

import time

import pytest

from autograder.collect.names import ExerciseNames, is_copy, is_plain, kind, upload_number

NAMES = ExerciseNames(["relu", "conv2d", "conv2d_backward", "top_k", "lab", "lab_1"])


@pytest.mark.parametrize(
    ("path", "match"),
    [
        ("relu.py", ("relu", 0)),
        ("a/b/Relu.PY", ("relu", 0)),
        ("relu (1).py", ("relu", 1)),
        ("relu(12).py", ("relu", 12)),
        ("relu（２）.py", ("relu", 2)),
        ("relu-1.py", ("relu", 1)),
        ("relu_3.py", ("relu", 3)),
        ("relu 3.py", ("relu", 3)),
        (" relu .py", ("relu", 0)),
        ("conv2d.py", ("conv2d", 0)),
        ("conv2d_backward-2.py", ("conv2d_backward", 2)),
        ("top_k.py", ("top_k", 0)),
        ("lab_1.py", ("lab_1", 0)),
        ("lab_2.py", ("lab", 2)),
        ("relu2.py", None),
        ("myrelu.py", None),
        ("relu - コピー.py", ("relu", 0)),
        ("relu - コピー (2).py", ("relu", 2)),
        ("relu のコピー.py", ("relu", 0)),
        ("relu のコピー 2.py", ("relu", 2)),
        ("relu（コピー）.py", ("relu", 0)),
        ("relu (別のコピー).py", ("relu", 0)),
        ("コピー ～ relu.py", ("relu", 0)),
        ("relu.py のコピー", ("relu", 0)),
        ("relu copy.py", ("relu", 0)),
        ("relu copy 2.py", ("relu", 2)),
        ("relu - Copy (3).py", ("relu", 3)),
        ("relu-Copy1.py", ("relu", 0)),
        ("relu (copy).py", ("relu", 0)),
        ("relu (another copy).py", ("relu", 0)),
        ("relu (3rd copy).py", ("relu", 0)),
        ("Copy of relu.py", ("relu", 0)),
        ("Copy (2) of relu.py", ("relu", 0)),
        ("relu (Hana's conflicted copy 2026-11-01).py", ("relu", 0)),
        ("relu-1-1.py", ("relu", 2)),
        ("relu.py.py", ("relu", 0)),
        ("relu.py.txt", ("relu", 0)),
        ("relu.py (1)", ("relu", 0)),
        ("relu.py.1", ("relu", 0)),
        ("relu.py.bak", ("relu", 0)),
        ("relu.py~", ("relu", 0)),
        ("RELU.PY", ("relu", 0)),
        ("ｒｅｌｕ．ｐｙ", ("relu", 0)),
        ("relu.py.", ("relu", 0)),
        ("lab_1 copy.py", ("lab_1", 0)),
        ("lab_2 のコピー.py", ("lab", 2)),
        ("copy.py", None),
        ("1230001_relu.py", None),
        ("relu_final.py", None),
        (".py", None),
    ],
)
def test_a_file_name_means_an_exercise_and_a_reupload_number(path: str, match: tuple[str, int] | None) -> None:
    assert NAMES.match(path) == match


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("relu.py", ".py"),
        ("relu.pyw", ".py"),
        ("relu.py.txt", ".py"),
        ("relu.py のコピー", ".py"),
        ("relu.py (1)", ".py"),
        ("u.ipynb.txt", ".ipynb"),
        ("u.ipynb.json", ".ipynb"),
        ("u - コピー.ipynb", ".ipynb"),
        ("quiz.yml", ".yaml"),
        ("quiz.json.txt", ".yaml"),
        ("notes.txt", ".txt"),
        ("report.docx", ".docx"),
        ("hw.zip", ".zip"),
        ("relu", ""),
    ],
)
def test_the_kind_of_a_file_is_seen_through_what_a_copy_or_a_download_added(path: str, found: str) -> None:
    assert kind(path) == found


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("1230001_relu.py", ["relu"]),
        ("relu_v2_final.py", ["relu"]),
        ("[s001]relu【山田】.py", ["relu"]),
        ("conv2d_backward_s001.py", ["conv2d_backward"]),
        ("relu_conv2d.py", ["relu", "conv2d"]),
        ("prelude.py", []),
        ("report.pdf", []),
    ],
)
def test_a_name_mentions_an_exercise_as_a_word_of_its_own(path: str, found: list[str]) -> None:
    assert NAMES.mentioned(path) == found


@pytest.mark.parametrize("name", ["relu.py", "relu (1).py", "relu-2.py", "u.ipynb"])
def test_a_plain_name_needs_no_remark(name: str) -> None:
    assert is_plain(name)
    assert not is_copy(name)


@pytest.mark.parametrize("name", ["relu copy.py", "relu.py~", "u-Copy1.ipynb", "relu - コピー (2).py"])
def test_a_copy_is_known_by_its_name(name: str) -> None:
    assert is_copy(name)
    assert not is_plain(name)


def test_a_misspelt_name_gets_a_hint_and_a_strange_one_gets_none() -> None:
    assert NAMES.hint("rleu.py").en == " Did you mean relu.py?"
    assert "relu.py" in NAMES.hint("s001_relu.py").ja
    assert NAMES.hint("essay.docx").en == ""


def test_a_name_of_many_spaces_is_matched_quickly() -> None:
    start = time.monotonic()
    assert upload_number("a" + " " * 60_000 + "x.py") == 0
    assert NAMES.match("a" + " " * 60_000 + "x.py") is None
    for piece in (" ", "(", "-1", " copy", "のコピー", ".py", "1", " (1)"):
        NAMES.match("relu" + piece * 20_000 + ".py")
        NAMES.match("relu" + piece * (240 // len(piece)) + ".py")
        kind("relu" + piece * 20_000)
    assert time.monotonic() - start < 1
