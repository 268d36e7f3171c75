from __future__ import annotations

import time

import pytest

from autograder.collect.names import ExerciseNames, upload_number

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
        ("relu - コピー.py", None),
        (".py", None),
    ],
)
def test_a_file_name_means_an_exercise_and_a_reupload_number(path: str, match: tuple[str, int] | None) -> None:
    assert NAMES.match(path) == match


def test_a_misspelt_name_gets_a_hint_and_a_strange_one_gets_none() -> None:
    assert NAMES.hint("rleu.py").en == " Did you mean relu.py?"
    assert "relu.py" in NAMES.hint("s001_relu.py").ja
    assert NAMES.hint("essay.docx").en == ""


def test_a_name_of_many_spaces_is_matched_quickly() -> None:
    start = time.monotonic()
    assert upload_number("a" + " " * 60_000 + "x.py") == 0
    assert NAMES.match("a" + " " * 60_000 + "x.py") is None
    assert time.monotonic() - start < 1
