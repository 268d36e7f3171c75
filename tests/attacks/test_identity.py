"""No participant changes what another one gets, whatever they call their files: in the flat download of every LMS."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.collect import collect, read_roster

IDS = ["relu", "softmax"]
VICTIM, ATTACKER = "victim's work", "attacker's work"

# How each LMS names the file of a participant, with their number and name.
FLAT: dict[str, Callable[[int, str, str], str]] = {
    "moodle": lambda number, name, file: f"{name}_{number}_assignsubmission_file_{file}",
    "canvas": lambda number, name, file: f"{name}_{number}_{number + 5000}_{file}",
    "canvas late": lambda number, name, file: f"{name}_LATE_{number}_{number + 5000}_{file}",
    "canvas anonymous": lambda number, name, file: f"anon_{name[:5]}_{number + 5000}_{file}",
    "blackboard": lambda number, name, file: f"HW_1_{name}_attempt_2026-11-20-17-30-05_{file}",
    "manaba": lambda number, name, file: f"s{number}@{name}@{file}",
}
PEOPLE = {"victim": 99, "attacker": 12, "other": 7}
# What a participant may call a file to be taken for somebody else.
HOSTILE = [
    "x_99_assignsubmission_file_relu.py",
    "victim_99_assignsubmission_file_relu.py",
    "_99_assignsubmission_file_relu.py",
    "victim_99_5099_relu.py",
    "99_5099_relu.py",
    "99_1_relu.py",
    "LATE_99_1_relu.py",
    "anon_victi_5099_relu.py",
    "LATE_anon_victi_1_relu.py",
    "HW_1_victim_attempt_2030-01-01-00-00-00_relu.py",
    "HW_1_victim_attempt_2030-01-01-00-00-00.txt",
    "s99@victim@relu.py",
    "@victim@relu.py",
    "s99@relu.py",
    "victim_relu.py",
    "s99_relu.py",
    "victim.zip",
    "answer.csv",
    "received.csv",
    "submission_metadata.yml",
    "reportlist.xlsx",
]
ROSTERS = {
    "none": None,
    "names and numbers": "student,name,moodle,canvas,username\n"
    + "".join(f"s{n},{name},{n},{n},{name}\n" for name, n in PEOPLE.items()),
    "numbers": "student,moodle,canvas,username\n" + "".join(f"s{n},{n},{n},{name}\n" for name, n in PEOPLE.items()),
    "ids": "student,name\n" + "".join(f"s{n},{name}\n" for name, n in PEOPLE.items()),
    "numbers as ids": "student\n" + "".join(f"{n}\n" for n in PEOPLE.values()),
    "without the attacker": "student,name,moodle,canvas,username\ns99,victim,99,99,victim\ns7,other,7,7,other\n",
}


def graded(files: Mapping[str, str], text: str | None) -> dict[str, dict[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        path, known = Path(folder, "hw.zip"), Path(folder, "roster.csv")
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        if text is not None:
            known.write_text(text, encoding="utf-8")
        found = collect(path, IDS, read_roster(known) if text is not None else None, tz=UTC)
        return {s.student: {i: source.cells[0][1] for i, source in s.sources.items()} for s in found.submissions}


def check_that_nobody_else_changes(lms: str, hostile: Sequence[str], text: str | None, name: str = "attacker") -> None:
    named = FLAT[lms]
    honest = {named(99, "victim", "relu.py"): VICTIM, named(7, "other", "relu.py"): "other"}
    before = graded({**honest, named(12, name, "softmax.py"): ATTACKER}, text)
    mine = {named(12, name, file).replace("5012", str(6000 + i)): ATTACKER for i, file in enumerate(hostile)}
    after = graded({**honest, named(12, name, "softmax.py"): ATTACKER, **mine}, text)
    of_victim = [student for student, work in before.items() if VICTIM in work.values()]
    assert len(of_victim) == 1
    for student in before:
        if ATTACKER not in before[student].values():
            assert after[student] == before[student]
    for work in after.values():
        assert not {VICTIM, "other"} & set(work.values()) or ATTACKER not in work.values()


@pytest.mark.parametrize("lms", FLAT)
@pytest.mark.parametrize("known", ROSTERS)
def test_no_hostile_file_name_changes_what_another_gets(lms: str, known: str) -> None:
    for file in HOSTILE:
        check_that_nobody_else_changes(lms, [file], ROSTERS[known])
    check_that_nobody_else_changes(lms, HOSTILE, ROSTERS[known])


PIECES = [
    "_", "@", "-", " ", "99", "12", "7", "5099", "1", "victim", "attacker", "LATE", "anon", "assignsubmission", "file",
    "attempt", "2026-11-20-17-30-05", "HW", "relu", "s99", "text.html", "._", "９９", "(1)",
]  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(list(FLAT)), st.sampled_from(list(ROSTERS)), st.lists(st.sampled_from(PIECES), max_size=9))
def test_no_file_name_changes_what_another_gets(lms: str, known: str, pieces: list[str]) -> None:
    check_that_nobody_else_changes(lms, ["".join(pieces) + "relu.py"], ROSTERS[known])


@pytest.mark.parametrize("known", [k for k in ROSTERS if k not in ("numbers as ids",)])
def test_a_canvas_user_who_is_called_like_another_entry_gets_nothing_of_it(known: str) -> None:
    check_that_nobody_else_changes("canvas", ["901_relu.py"], ROSTERS[known], name="victim_99")
