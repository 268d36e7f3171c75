from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.collect import Roster, RosterRow, collect
from autograder.collect.files import Top
from autograder.collect.lms import Owner, owner_of

SOLVED = "def relu(x):\n    return x * (x > 0)\n"
Make = Callable[..., Path]


@pytest.mark.parametrize(
    ("folder", "owner"),
    [
        ("太郎 山田_4_assignsubmission_file", Owner("4", "moodle", "太郎 山田")),
        ("太郎 山田_4_assignsubmission_file_", Owner("4", "moodle", "太郎 山田")),
        ("a_b_12_assignsubmission_onlinetext", Owner("12", "moodle", "a_b")),
        ("Participant_8_assignsubmission_file", Owner("8", "moodle")),
        ("s001", Owner("s001")),
        ("=cmd|'x',\"y\"", Owner("=cmd|'x',\"y\"")),
    ],
)
def test_a_folder_belongs_to_a_student_by_its_name(folder: str, owner: Owner) -> None:
    assert owner_of(Top(folder, True)) == owner


@pytest.mark.parametrize(
    ("file", "owner"),
    [
        ("yamadataro_12345_678_relu.py", Owner("12345", "canvas", "yamadataro", file="relu.py")),
        ("yamadataro_LATE_12345_678_relu-1.py", Owner("12345", "canvas", "yamadataro", True, "relu-1.py")),
        ("山田太郎_9_8_my_1_2.py", Owner("9", "canvas", "山田太郎", file="my_1_2.py")),
        ("a_b_LATE_9_8_relu.py", Owner("9", "canvas", "a_b", True, "relu.py")),
        ("_9_8_relu.py", Owner("9", "canvas", file="relu.py")),
        ("anon_x7Yz1_678_relu.py", Owner("anon_x7Yz1", "canvas", file="relu.py")),
        ("LATE_anon_x7Yz1_678_relu.py", Owner("anon_x7Yz1", "canvas", late=True, file="relu.py")),
        ("yamadataro_12345_text.html", Owner("12345", "canvas", "yamadataro", file="text.html")),
        ("太郎 山田_4_assignsubmission_file_relu.py", Owner("4", "moodle", "太郎 山田", file="relu.py")),
        ("s001.zip", Owner("s001", file="s001.zip")),
        ("relu.py", None),
        ("relu_1.py", None),
        ("late_relu.py", None),
        ("README.txt", None),
    ],
)
def test_a_file_at_the_top_belongs_to_a_student_by_its_name(file: str, owner: Owner | None) -> None:
    assert owner_of(Top(file, False)) == owner


@pytest.mark.parametrize(
    "name", ["0012345.py", "0012345 (1).py", "山田太郎.py", "山田 太郎 - relu.py", "yamada@x.jp.py"]
)
def test_a_loose_file_that_is_called_like_somebody_on_the_roster_is_theirs(folder: Make, name: str) -> None:
    roster = Roster([RosterRow("0012345", "山田 太郎", {"email": "yamada@x.jp"}), RosterRow("0012346", "鈴木 花子")])
    found = collect(folder({name: SOLVED, "0012346/relu.py": SOLVED}), ["relu"], roster)
    assert [e.student for e in found.entries] == ["0012345", "0012346"]
    assert [list(s.sources) for s in found.submissions] == [["relu"], ["relu"]]
    assert found.missing == ()


def test_a_loose_file_of_somebody_that_cannot_be_read_is_not_nothing(folder: Make) -> None:
    roster = Roster([RosterRow("0012345"), RosterRow("0012346")])
    found = collect(folder({"0012345.rar": b"Rar!", "0012346/relu.py": SOLVED, "notes.rar": b"Rar!"}), ["relu"], roster)
    assert [s.may_be_in("relu") for s in found.submissions] == [("0012345.rar",), ()]
    assert [n.code for n in found.notes] == ["stray_file"]
