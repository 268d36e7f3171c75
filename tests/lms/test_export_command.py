"""``autograder export``: the diff comes first, and a file is replaced only when that is asked for."""

from __future__ import annotations

import dataclasses
import json
import os
import pty
import select
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.cli import main
from autograder.errors import GraderError, UsageError
from autograder.files import write_atomic
from autograder.gradebook import CourseInfo, Gradebook
from autograder.lms import TOTAL, GradeRow
from autograder.model import SubmissionResult

GOLDEN = Path(__file__).parent / "golden"
WORKSHEET = GOLDEN / "moodle-worksheet" / "en" / "Grades-DL-HW1-4711.csv"


@pytest.fixture
def folder(tmp_path: Path, a_class: list[GradeRow], course: CourseInfo, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A graded class with its downloads, as the working directory."""
    (tmp_path / "out").mkdir()
    with Gradebook.open(tmp_path / "out" / "gradebook.sqlite") as book:
        run = book.begin_run(course=course, course_sha="c", seed=1, sandbox={}, engine="1")
        for row in a_class:
            result = row.result
            assert result is not None
            book.record(run, dataclasses.replace(result, submission_sha256="" if row.absent else "abc"))
        book.finish_run(run)
    (tmp_path / "w.csv").write_bytes(WORKSHEET.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*args: str) -> Result:
    return CliRunner().invoke(main, ["export", *args], catch_exceptions=False, standalone_mode=False)


FILL = ("moodle-worksheet", "--gradebook", "out", "--template", "w.csv")


def test_a_dry_run_shows_the_changes_and_writes_nothing(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    done = call(*FILL, "--out", "new.csv", "--dry-run")
    assert "0012345 | 山田 太郎" in done.output
    assert "Nothing was written." in done.output
    assert sorted(folder.rglob("*")) == before


def test_the_filled_copy_stands_beside_the_download(folder: Path) -> None:
    assert "w-filled.csv" in call(*FILL).output
    assert (folder / "w.csv").read_bytes() == WORKSHEET.read_bytes()
    assert b",1.5,2.00," in (folder / "w-filled.csv").read_bytes()


def test_an_existing_file_is_replaced_only_when_told(folder: Path) -> None:
    (folder / "new.csv").write_text("mine")
    with pytest.raises(UsageError, match="--yes"):
        call(*FILL, "--out", "new.csv")
    assert (folder / "new.csv").read_text() == "mine"
    call(*FILL, "--out", "new.csv", "--yes")
    assert b",1.5,2.00," in (folder / "new.csv").read_bytes()


def test_a_refusal_leaves_an_existing_file_as_it_was(folder: Path) -> None:
    (folder / "new.csv").write_text("mine")
    (folder / "w.csv").write_bytes(WORKSHEET.read_bytes().replace(b"2.00,Yes", b"5.00,Yes"))
    with pytest.raises(UsageError, match="--scale"):
        call(*FILL, "--out", "new.csv", "--yes")
    assert (folder / "new.csv").read_text() == "mine"
    assert not [p for p in folder.iterdir() if p.suffix == ".tmp"]


def test_json_holds_every_change_and_says_what_was_written(folder: Path) -> None:
    data = json.loads(call(*FILL, "--json").output)
    first = {k: data["changes"][0][k] for k in ("student", "column", "was", "becomes", "kind")}
    assert first == {"student": "0012345", "column": "Grade", "was": "", "becomes": "1.5", "kind": "score"}
    assert data["written"] == ["w-filled.csv"]
    assert json.loads(call(*FILL, "--json", "--dry-run").output)["written"] == []


def test_absent_students_get_zero_only_when_told(folder: Path) -> None:
    given = json.loads(call(*FILL, "--json", "--dry-run", "--absent", "zero").output)
    scores = {c["student"]: c["becomes"] for c in given["changes"] if c["kind"] == "score"}
    assert scores["0012349"] == "0"


def test_names_of_columns_come_from_the_course(folder: Path) -> None:
    (folder / "solutions" / "relu").mkdir(parents=True)
    (folder / "course.yaml").write_text(
        "title: {en: a, ja: b}\nunits: [{id: u, title: {en: a, ja: b}, exercises: [{id: relu}]}]\n"
        "lms: {moodle: {relu: relu-2026}}\n"
    )
    data = json.loads(call("moodle-xml", "--gradebook", "out", "--json", "--dry-run").output)
    assert {c["column"] for c in data["changes"]} == {"relu-2026"}
    given = call("moodle-xml", "--gradebook", "out", "--column", "relu=other", "--json", "--dry-run").output
    assert {c["column"] for c in json.loads(given)["changes"]} == {"other"}


def test_a_gradebook_may_be_named_by_file_or_folder(folder: Path) -> None:
    assert call("csv", "--gradebook", "out/gradebook.sqlite", "--out", "a.csv").output
    assert call("csv", "--gradebook", "out", "--out", "b.csv").output
    assert (folder / "a.csv").read_bytes() == (folder / "b.csv").read_bytes()


def test_a_missing_gradebook_and_a_missing_download_are_named(folder: Path) -> None:
    with pytest.raises(GraderError, match="nowhere"):
        call("csv", "--gradebook", "nowhere")
    with pytest.raises(UsageError, match="nothere"):
        call("moodle-worksheet", "--gradebook", "out", "--template", "nothere.csv")


def test_a_wrong_word_is_answered_with_the_nearest_right_one(folder: Path) -> None:
    with pytest.raises(Exception, match="Did you mean 'moodle-xml'"):
        call("moodle-xm")
    with pytest.raises(Exception, match="Did you mean 'relu'"):
        call("csv", "--gradebook", "out", "--column", "rlu")


def test_a_folder_of_submissions_serves_for_feedback(folder: Path) -> None:
    for number, name in ((4, "太郎"), (8, "花子"), (11, "Ann Q OBrien, Jr."), (12, "x"), (15, "y")):
        (folder / "subs" / f"{name}_{number}_assignsubmission_file").mkdir(parents=True)
    done = call("moodle-feedback", "--gradebook", "out", "--template", "subs", "--ignore-names")
    assert "太郎_4_assignsubmission_file/feedback.html" in done.output
    assert (folder / "moodle-feedback.zip").exists()


def test_a_disk_that_refuses_keeps_the_old_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "old").write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(GraderError, match="No space left"):
        write_atomic(folder / "old", b"new")
    assert (folder / "old").read_bytes() == b"old"
    assert sorted(p.name for p in folder.iterdir()) == ["old", "out", "w.csv"]


def test_the_download_itself_is_never_replaced(folder: Path) -> None:
    before = (folder / "w.csv").read_bytes()
    for out in ("w.csv", "./w.csv", str(folder / "w.csv")):
        with pytest.raises(UsageError, match="is the file that was downloaded"):
            call(*FILL, "--yes", "--out", out)
    call(*FILL, "--yes", "--out", ".")
    assert (folder / "w.csv").read_bytes() == before
    assert (folder / "w-filled.csv").exists()


@pytest.mark.parametrize(("answer", "written"), [("n", False), ("y", True)])
def test_on_a_terminal_a_person_sees_the_table_and_is_asked(folder: Path, answer: str, written: bool) -> None:
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "autograder", "--lang", "ja", "export", *FILL, "--out", "new.csv"]
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, cwd=folder, close_fds=True) as process:
        os.close(slave)
        shown = read_until(master, "[y/N]")
        assert "山田 太郎" in shown
        os.write(master, answer.encode() + b"\n")
        shown = read_until(master, "\0")
        assert process.wait(30) == 0
    os.close(master)
    assert (folder / "new.csv").exists() == written
    assert ("作成しました" if written else "何も書き込んでいません") in shown


def read_until(master: int, wanted: str) -> str:
    data, end = b"", time.monotonic() + 30
    while time.monotonic() < end and wanted.encode() not in data:
        if not select.select([master], [], [], 1)[0]:
            continue
        try:
            piece = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        data += piece
    return data.decode(errors="replace")


def test_a_run_that_did_not_finish_is_pointed_out(folder: Path, course: CourseInfo) -> None:
    with Gradebook.open(folder / "out" / "gradebook.sqlite") as book:
        run = book.begin_run(course=course, course_sha="c", seed=1, sandbox={}, engine="1")
        book.record(run, SubmissionResult("0012345", (), submission_sha256="abc"))
    assert "did not finish" in call("csv", "--gradebook", "out", "--dry-run").stderr
    assert "did not finish" not in call("csv", "--gradebook", "out", "--dry-run", "--run", "1").stderr


def test_the_total_is_the_default_column(folder: Path) -> None:
    data = json.loads(call(*FILL, "--json", "--dry-run").output)
    assert Fraction(data["changes"][0]["becomes"]) == Fraction(3, 2)
    assert TOTAL == "total"
