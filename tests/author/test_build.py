# ruff: noqa: E501 - a row of a table is one line
"""`build` makes what is missing, touches nothing that is not its own, and says what is stale."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.author.build import LEDGER, apply, difference, inspect
from autograder.errors import ContentError
from autograder.testing.causes_file import read_causes

REPOSITORY = Path(__file__).resolve().parents[2]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def build(small) -> None:
    apply(inspect(small.load()))


def test_the_first_build_makes_exactly_what_a_student_gets(small):
    build(small)
    assert set(snapshot(small.exercises)) == {
        LEDGER,
        "README.md",
        "conftest.py",
        "pytest.ini",
        "course.json",
        ".stubs/centre.py",
        ".stubs/notebooks.json",
        "centre/centre.py",
        "centre/statement.en.md",
        "centre/statement.ja.md",
        "centre/test_visible.py",
        "centre/hints.json",
        "centre/causes.json",
        "notebooks/first.en.ipynb",
        "notebooks/first.ja.ipynb",
    }


def test_building_twice_changes_nothing_and_two_builds_are_the_same_bytes(small):
    build(small)
    first = snapshot(small.exercises)
    assert inspect(small.load()).clean
    shutil.rmtree(small.exercises)
    build(small)
    assert snapshot(small.exercises) == first


def test_course_json_tells_what_a_students_commands_need(small):
    text = (small.root / "course.yaml").read_text(encoding="utf-8")
    (small.root / "course.yaml").write_text(text.replace("{id: centre}", "{id: centre, points: 3, due: 2026-05-31}"))
    build(small)
    data = json.loads((small.exercises / "course.json").read_text(encoding="utf-8"))
    [unit] = data["units"]
    [exercise] = unit["exercises"]
    assert (data["schema"], unit["id"], unit["title"]) == (1, "first", {"en": "First", "ja": "はじめ"})
    assert exercise == {
        "id": "centre",
        "title": {"en": "Subtract the mean", "ja": "平均を引く"},
        "functions": ["centre"],
        "points": 3.0,
        "due": "2026-05-31T23:59:59+09:00",
        "groups": {
            "values": {"en": "The values", "ja": "関数の値"},
            "inputs": {"en": "Any kind of input", "ja": "いろいろな入力"},
        },
        "limits": {"seconds": 2.0},
    }


def test_causes_json_names_a_wrong_version_by_what_it_returns(small):
    build(small)
    causes = read_causes(small.exercises / "centre" / "causes.json")
    added = [f for f in causes["test_three_numbers"] if f.cause == "mean_added"]
    assert added[0].observation.value.tolist() == [4.0, 5.0, 9.0]
    assert added[0].text.ja.startswith("値が 0 から")


def test_a_changed_source_makes_the_built_file_stale_with_a_diff(small):
    build(small)
    small.edit("statement.en.md", "Say in a few sentences", "Explain in a few sentences")
    state = inspect(small.load())
    made = ["centre/statement.en.md", "notebooks/first.en.ipynb", LEDGER]
    assert [state.name(p) for p in state.stale] == [f"exercises/{name}" for name in made]
    assert "-Say in a few sentences" in difference(state)
    assert "+Explain in a few sentences" in difference(state)
    apply(state)
    assert inspect(small.load()).clean


def test_a_changed_solution_makes_no_student_file_stale(small):
    build(small)
    small.edit("centre.py", "x = np.asarray(x, dtype=np.float64)", "x = np.array(x, dtype=np.float64)")
    assert inspect(small.load()).clean


def test_a_file_edited_by_hand_is_not_overwritten_unless_forced(small):
    build(small)
    work = small.exercises / "centre" / "centre.py"
    work.write_text("my work\n")
    before = snapshot(small.exercises)
    with pytest.raises(ContentError, match=r"exercises/centre/centre\.py: edited since the last build"):
        build(small)
    assert snapshot(small.exercises) == before
    apply(inspect(small.load()), force=True)
    assert inspect(small.load()).clean


def test_a_file_that_nothing_makes_is_refused_and_kept(small):
    build(small)
    stranger = small.exercises / "centre" / "solution.py"
    stranger.write_text("x = 1\n")
    state = inspect(small.load())
    assert not state.clean
    with pytest.raises(ContentError, match="nothing makes this file"):
        apply(state)
    assert stranger.exists()


def test_files_of_an_exercise_that_left_the_course_are_removed(small):
    build(small)
    (small.source.parent / "other").mkdir()
    for path in small.source.rglob("*"):
        if path.is_file():
            target = Path(str(path).replace("centre", "other"))
            target.parent.mkdir(exist_ok=True, parents=True)
            target.write_text(path.read_text(encoding="utf-8").replace("centre", "other"), encoding="utf-8")
    text = (small.root / "course.yaml").read_text(encoding="utf-8")
    (small.root / "course.yaml").write_text(text.replace("id: centre", "id: other"), encoding="utf-8")
    build(small)
    assert not (small.exercises / "centre").exists()
    assert (small.exercises / "other" / "other.py").exists()
    assert inspect(small.load()).clean


def test_line_ends_of_another_system_and_a_tools_leftovers_are_not_stale(small):
    build(small)
    file = small.exercises / "centre" / "centre.py"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    (small.exercises / "centre" / "__pycache__").mkdir()
    (small.exercises / "centre" / "__pycache__" / "x.pyc").write_bytes(b"")
    (small.exercises / "centre" / "centre.py.bak-20260101-000000").write_text("")
    assert inspect(small.load()).clean


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("centre.py", "### END SOLUTION", "", "without '### END SOLUTION'"),
        ("test_visible.py", "[-2.0, -1.0, 3.0]", "[0.0, 0.0, 0.0]", "the reference fails test_three_numbers"),
        ("test_visible.py", "def test_three_numbers(student, expect):", "def test_three_numbers(agree):\n    agree('centre', [1])\n\n\ndef x(student, expect):", "the reference fails test_three_numbers"),
        ("test_visible.py", "import numpy as np", "import numpy as", "SyntaxError"),
        ("hints.yaml", "  divided:", "  devided:", "cause 'divided' of a wrong version has no sentence"),
        ("wrong/divided.py", "# cause: divided", "", "needs '# fails: test_name'"),
    ],
)  # fmt: skip
def test_a_broken_source_builds_nothing(small, name, old, new, message):
    small.edit(name, old, new)
    with pytest.raises(ContentError) as caught:
        build(small)
    assert message in str(caught.value)
    assert not small.exercises.exists()


def test_an_exercise_that_is_not_complete_says_what_is_missing(small):
    (small.source / "hints.yaml").unlink()
    (small.source / "test_hidden.py").unlink()
    with pytest.raises(ContentError, match=r"not complete yet, missing hints\.yaml, test_hidden\.py"):
        build(small)


def test_plain_pytest_fails_on_the_stub_and_passes_on_a_solution(small):
    build(small)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(small.exercises / "centre")]
    environment = {"PYTHONPATH": str(REPOSITORY), "PATH": "/usr/bin:/bin"}
    stub = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=small.root)
    assert "3 failed" in stub.stdout
    (small.exercises / "centre" / "centre.py").write_bytes((small.source / "centre.py").read_bytes())
    solved = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=small.root)
    assert solved.returncode == 0
    assert "3 passed" in solved.stdout
