"""``grade --nbgrader``: the same gradebook as nbgrader's own command leaves, and honest words about misuse."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("nbgrader", reason="nbgrader is not installed")
REPOSITORY = Path(__file__).resolve().parents[2]
SOLUTIONS = REPOSITORY / "solutions"


def grade(*argv: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograder", "grade", *argv]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)


def rows(course: Path) -> list[tuple[object, ...]]:
    """All that a gradebook says of the submissions, without the ids that differ from run to run."""
    with sqlite3.connect(course / "gradebook.db") as database:
        grades = database.execute(
            "SELECT s.student_id, s.timestamp, n.late_submission_penalty, c.name, round(g.auto_score, 9),"
            " g.manual_score, g.needs_manual_grade FROM grade g JOIN base_cell c ON c.id = g.cell_id"
            " JOIN submitted_notebook n ON n.id = g.notebook_id JOIN submitted_assignment s ON s.id = n.assignment_id"
        ).fetchall()
        comments = database.execute(
            "SELECT s.student_id, c.name, m.auto_comment FROM comment m JOIN base_cell c ON c.id = m.cell_id"
            " JOIN submitted_notebook n ON n.id = m.notebook_id JOIN submitted_assignment s ON s.id = n.assignment_id"
        ).fetchall()
    return sorted(map(tuple, grades), key=repr) + sorted(map(tuple, comments), key=repr)


@pytest.fixture
def late_class(
    tmp_path: Path, generated: Callable[[Path], Path], hand_in: Callable[[Path, Path, dict[str, str]], None]
) -> Callable[[str], Path]:
    """A course with a submission on time, a late one, a very late one and one without a time."""

    def make(name: str) -> Path:
        course = generated(tmp_path / name)
        right = {e: (SOLUTIONS / e / f"{e}.py").read_text(encoding="utf-8") for e in ("relu", "softmax")}
        times = {
            "s001": "2026-05-20 10:00:00 JST",
            "s002": "2026-05-30 02:00:00 UTC",
            "s003": "2026-07-01 00:00:00 UTC",
        }
        for student in ("s001", "s002", "s003", "s004"):
            path = Path("activations") / "activations.ipynb"
            hand_in(course / "release" / path, course / "submitted" / student / path, right)
            if student in times:
                stamp = course / "submitted" / student / "activations" / "timestamp.txt"
                stamp.write_text(times[student].replace("JST", "+0900"), encoding="utf-8")
        return course

    return make


def test_the_gradebook_is_the_one_that_nbgrader_would_have_written(
    late_class: Callable[[str], Path], nbgrader: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    theirs, ours = late_class("theirs"), late_class("ours")
    done = nbgrader(theirs, "autograde", "activations", "--SandboxedGrading.seed=3")
    assert done.returncode == 0, done.stderr[-3000:]
    assert grade("--nbgrader", str(ours), "--seed", "3").returncode == 0
    assert rows(ours) == rows(theirs)
    penalties = {row[2] for row in rows(ours) if len(row) == 7}
    assert len(penalties - {None, 0.0}) == 2
    again = grade("--nbgrader", str(ours), "--seed", "3")
    assert again.returncode == 0, again.stderr
    assert rows(ours) == rows(theirs)


def test_misuse_is_answered_with_what_to_do(tmp_path: Path, generated: Callable[[Path], Path]) -> None:
    nowhere = grade("--nbgrader", str(tmp_path / "nowhere"))
    assert nowhere.returncode == 2
    assert "no such folder" in nowhere.stderr
    (tmp_path / "empty").mkdir()
    empty = grade("--nbgrader", str(tmp_path / "empty"))
    assert empty.returncode == 2
    assert "generate_assignment" in empty.stderr
    assert list((tmp_path / "empty").iterdir()) == []
    both = grade(str(tmp_path), "--nbgrader", str(tmp_path))
    assert both.returncode == 2
    assert grade("--out", str(tmp_path / "out")).returncode == 2
    course = generated(tmp_path / "course")
    assert grade("--nbgrader", str(course), "--only", "relu").returncode == 2
    (course / "nbgrader_config.py").write_text("c = get_config()\nraise RuntimeError('typo')\n")
    typo = grade("--nbgrader", str(course))
    assert typo.returncode == 3
    assert "typo" in typo.stderr


def _folder_called_as_the_notebook(folder: Path) -> None:
    (folder / "activations.ipynb").rename(folder / "mine.ipynb")
    (folder / "activations.ipynb").mkdir()
    (folder / "activations.ipynb" / "x.txt").write_text("x")


def _folder_called_as_a_file_of_the_instructor(folder: Path) -> None:
    (folder / "data.csv").mkdir()
    (folder / "data.csv" / "x.txt").write_text("x")


def _file_called_as_a_folder_of_the_instructor(folder: Path) -> None:
    (folder / "images").write_text("x")


def _name_that_is_too_long_once_decoded(folder: Path) -> None:
    with open(os.fsencode(folder) + b"/" + ("あ" * 120).encode("cp932") + b".txt", "w") as file:
        file.write("x")


def _two_names_that_are_one_once_decoded(folder: Path) -> None:
    with open(os.fsencode(folder) + b"/" + "あ".encode("cp932"), "w") as file:
        file.write("x")
    (folder / "あ").mkdir()
    (folder / "あ" / "x.txt").write_text("x")


def _picture_that_no_file_can_hold(folder: Path) -> None:
    path = folder / "activations.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    picture = {"\ud800.png": {"image/png": "\ud800", "\udfff": ""}}
    notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": "", "attachments": picture})
    path.write_text(json.dumps(notebook), encoding="utf-8")


def _locked(folder: Path) -> None:
    (folder / "locked.txt").write_text("x")
    (folder / "locked.txt").chmod(0)


def test_no_file_ends_the_run(
    tmp_path: Path, generated: Callable[[Path], Path], hand_in: Callable[[Path, Path, dict[str, str]], None]
) -> None:
    """What a student hands in besides is copied along, to where the instructor's files and the notebooks go."""
    course = generated(tmp_path / "course")
    source = course / "source" / "activations"
    (source / "data.csv").write_text("1")
    (source / "images").mkdir()
    (source / "images" / "a.png").write_bytes(b"png")
    right = {e: (SOLUTIONS / e / f"{e}.py").read_text(encoding="utf-8") for e in ("relu", "softmax")}
    odd = [
        _folder_called_as_the_notebook,
        _folder_called_as_a_file_of_the_instructor,
        _file_called_as_a_folder_of_the_instructor,
        _name_that_is_too_long_once_decoded,
        _two_names_that_are_one_once_decoded,
        _picture_that_no_file_can_hold,
        _locked,
        lambda folder: None,
    ]
    for number, change in enumerate(odd):
        path = Path("activations") / "activations.ipynb"
        hand_in(course / "release" / path, course / "submitted" / f"s{number}" / path, right)
        change(course / "submitted" / f"s{number}" / "activations")
    done = grade("--nbgrader", str(course), "--seed", "3")
    assert done.returncode == 0, done.stderr
    scores: dict[str, float] = {}
    for student, _, _, _, score, *_ in (row for row in rows(course) if len(row) == 7):
        scores[str(student)] = scores.get(str(student), 0.0) + float(str(score or 0.0))
    assert scores == {f"s{number}": pytest.approx(3.0) for number in range(len(odd))}
    for number in range(len(odd)):
        shown = course / "autograded" / f"s{number}" / "activations"
        assert (shown / "activations.ipynb").is_file()
        assert (shown / "data.csv").read_text() == "1"
        assert (shown / "images" / "a.png").read_bytes() == b"png"
