"""Folders with a folder for each student; what must not be followed is real."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from autograder.collect import collect
from autograder.collect.files import MAX_ENTRIES
from autograder.errors import UsageError
from autograder.model import Note, Submission

IDS = ["relu", "softmax", "adam"]


def codes(notes: tuple[Note, ...]) -> list[str]:
    return [n.code for n in notes]


def read(root: Path, **options: object) -> dict[str, Submission]:
    return {s.student: s for s in collect(root, IDS, **options).submissions}  # type: ignore[arg-type]


def test_a_file_counts_at_any_depth_and_students_come_in_order(folder: Callable[..., Path], relu: str) -> None:
    found = read(folder({"s002/softmax.py": "b", "s001/exercises/relu/relu.py": relu, "s010/": ""}))
    assert list(found) == ["s001", "s002", "s010"]
    assert found["s001"].sources["relu"].path == "exercises/relu/relu.py"
    assert found["s001"].sources["relu"].cells == (("relu.py", relu),)
    assert list(found["s002"].sources) == ["softmax"]


def test_an_empty_student_folder_is_a_submission_without_sources(folder: Callable[..., Path]) -> None:
    submission = read(folder({"s001/": ""}))["s001"]
    assert (submission.sources, submission.received_at, submission.notes) == ({}, None, ())
    assert len(submission.sha256) == 64


@pytest.mark.parametrize("name", ["山田 太郎", 'Doe, "J"', "=1+1", "é́", "-rf", "..s", "adam", "x" * 200, "%s{0}{name}"])
def test_a_student_id_is_the_folder_name_as_it_is(folder: Callable[..., Path], relu: str, name: str) -> None:
    collection = collect(folder({f"{name}/relu.py": relu}), IDS)
    assert [e.student for e in collection.entries] == [name]
    assert list(collection.entries[0].read().sources) == ["relu"]


def test_a_folder_name_in_shift_jis_is_read_as_a_person_would(folder: Callable[..., Path], relu: str) -> None:
    root = folder({})
    student = os.fsencode(root) + b"/" + "表田".encode("cp932")
    try:
        os.mkdir(student)
    except OSError:
        pytest.skip("this file system keeps UTF-8 names only")
    with open(student + b"/relu.py", "w") as file:
        file.write(relu)
    found = read(root)
    assert list(found) == ["表田"]
    assert found["表田"].sources["relu"].problem is None


def test_no_link_is_followed_and_each_is_noted(folder: Callable[..., Path], tmp_path: Path, relu: str) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "relu.py").write_text("SECRET")
    root = folder({"s001/softmax.py": "x"})
    (root / "s001" / "relu.py").symlink_to(secret / "relu.py")
    (root / "s001" / "sub").symlink_to(secret)
    (root / "s001" / "loop").symlink_to(root)
    (root / "s002").symlink_to(secret)
    collection = collect(root, IDS)
    (submission,) = collection.submissions
    assert list(submission.sources) == ["softmax"]
    assert codes(submission.notes) == ["symlink"] * 3
    assert codes(collection.notes) == ["symlink"]
    assert "s002" in collection.notes[0].text.en


def test_a_file_that_becomes_a_link_after_listing_is_not_followed(folder: Callable[..., Path], tmp_path: Path) -> None:
    from autograder.collect.folder import FolderStore

    (tmp_path / "secret.py").write_text("SECRET")
    root = folder({"s001/relu.py": "x"})
    store = FolderStore(root)
    (file,) = store.walk(store.tops()[0]).files
    (root / "s001/relu.py").unlink()
    (root / "s001/relu.py").symlink_to(tmp_path / "secret.py")
    with pytest.raises(Exception, match="could not read"):
        file.read(100)


def test_pipes_and_sockets_are_skipped_without_blocking(folder: Callable[..., Path], tmp_path: Path) -> None:
    root = folder({"s001/softmax.py": "x"})
    os.mkfifo(root / "s001" / "relu.py")
    here = Path.cwd()
    os.chdir(root / "s001")  # a socket's path is limited to 108 bytes
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("adam.py")
            submission = read(root)["s001"]
    finally:
        os.chdir(here)
    assert list(submission.sources) == ["softmax"]
    assert codes(submission.notes) == ["special_file", "special_file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_a_problem_of_that_file(folder: Callable[..., Path], relu: str) -> None:
    root = folder({"s001/relu.py": relu, "s001/softmax.py": relu})
    (root / "s001/relu.py").chmod(0)
    sources = read(root)["s001"].sources
    assert sources["relu"].problem is not None
    assert sources["softmax"].problem is None


def test_what_tools_leave_behind_is_ignored_silently(folder: Callable[..., Path], relu: str) -> None:
    litter = ["__MACOSX/s001/._relu.py", ".DS_Store", "s001/.ipynb_checkpoints/relu.py", "s001/__pycache__/relu.pyc"]
    litter += ["s001/.git/config", "s001/._relu.py", "s001/Thumbs.db", "s001/test_visible.py", "s001/statement.ja.md"]
    collection = collect(folder({"s001/relu.py": relu} | dict.fromkeys(litter, "x")), IDS)
    (submission,) = collection.submissions
    assert collection.notes == submission.notes == submission.sources["relu"].notes == ()


def test_an_unknown_file_is_named_with_a_hint_and_a_flood_is_counted(folder: Callable[..., Path]) -> None:
    submission = read(folder({"s001/rleu.py": "x", "s001/essay.docx": "x"}))["s001"]
    assert codes(submission.notes) == ["unknown_file", "unknown_file"]
    assert [("Did you mean relu.py?" in n.text.en) for n in submission.notes] == [False, True]
    flood = read(folder({f"s002/data{i}.csv": "x" for i in range(50)}))["s002"]
    assert codes(flood.notes) == ["unknown_file"] * 20 + ["unknown_more"]
    assert "30 more" in flood.notes[-1].text.en


def test_control_characters_of_a_file_name_do_not_reach_a_note(folder: Callable[..., Path]) -> None:
    submission = read(folder({"s001/\x1b[2J\n.csv": "x"}))["s001"]
    assert "\\x1b[2J\\n.csv" in submission.notes[0].text.en


def test_entries_beyond_the_cap_are_not_looked_at(folder: Callable[..., Path], relu: str) -> None:
    root = folder({"s001/relu.py": relu, "s001/many/x": ""})
    for i in range(MAX_ENTRIES):
        (root / f"s001/many/{i}").touch()
    submission = read(root)["s001"]
    assert list(submission.sources) == ["relu"]
    assert "too_many_files" in codes(submission.notes)


def test_a_very_deep_folder_is_noted(folder: Callable[..., Path], relu: str) -> None:
    submission = read(folder({"s001/relu.py": relu, "s001/" + "d/" * 40 + "softmax.py": relu}))["s001"]
    assert list(submission.sources) == ["relu"]
    assert codes(submission.notes) == ["too_deep"]


def test_the_arrival_is_the_newest_change_of_the_files_that_count(folder: Callable[..., Path], relu: str) -> None:
    old, new, newest = (datetime(2026, 11, day, 12, tzinfo=UTC) for day in (1, 2, 3))
    root = folder(
        {"s001/relu.py": relu, "s001/softmax.py": relu, "s001/essay.txt": "x"},
        {"s001/relu.py": old, "s001/softmax.py": new, "s001/essay.txt": newest},
    )
    assert read(root)["s001"].received_at == new


def test_received_csv_goes_before_file_times(folder: Callable[..., Path], relu: str) -> None:
    times = "student,received_at\ns001,2026-11-20T17:00:00+09:00\ns002,2026-11-20 17:00\ns009,2026-11-20T08:00:00Z\n"
    root = folder({"s001/relu.py": relu, "s002/relu.py": relu, "s003/relu.py": relu, "received.csv": times})
    tokyo = timezone(timedelta(hours=9))
    collection = collect(root, IDS, tz=tokyo)
    one, two, three = collection.submissions
    assert one.received_at == two.received_at == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert three.received_at is not None
    assert three.received_at.year != 2026 or three.received_at > datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert codes(collection.notes) == ["received_unknown"]
    assert "received.csv:4" in collection.notes[0].text.en


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("student,received_at\ns001,yesterday\n", "received.csv:2: 'yesterday'"),
        ("student,received_at\ns001,2026-01-01\ns001,2026-01-02\n", "received.csv:3: student 's001' is given twice"),
        ("student,received_at\n,2026-01-01\n", "received.csv:2: student is missing"),
        ("who,when\n", "received.csv:1: no column 'student'"),
        ("", "received.csv: The file is empty"),
    ],
)
def test_a_wrong_received_csv_is_an_error_with_its_line(folder: Callable[..., Path], text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        collect(folder({"s001/relu.py": "x", "received.csv": text}), IDS)


def test_a_zip_beside_the_folders_is_a_student_and_a_file_is_noted(
    folder: Callable[..., Path], zipped: Callable[..., Path], relu: str
) -> None:
    root = folder({"s001/relu.py": relu, "grading-notes.txt": "x"})
    zipped({"relu.py": relu}).rename(root / "s002.zip")
    collection = collect(root, IDS)
    assert [(s.student, list(s.sources)) for s in collection.submissions] == [("s001", ["relu"]), ("s002", ["relu"])]
    assert sorted(codes(collection.notes)) == ["stray_file", "zip_as_student"]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "no submissions here"),
        ({".DS_Store": "x"}, "no submissions here"),
        ({"README.txt": "x"}, "README.txt"),
        ({"relu.py": "x", "softmax.py": "x"}, "files lie directly in it"),
        ({"unit.ipynb": "x"}, "files lie directly in it"),
        ({"relu/relu.py": "x", "softmax/softmax.py": "x"}, "are exercises, not students"),
    ],
)
def test_a_folder_without_students_says_how_it_must_look(
    folder: Callable[..., Path], files: dict[str, str], words: str
) -> None:
    with pytest.raises(UsageError, match=words) as error:
        collect(folder(files), IDS)
    assert "s001/relu.py" in error.value.text.en
    assert "学生ごとのフォルダー" in error.value.text.ja


def test_what_is_not_there_or_no_zip_is_a_usage_error(tmp_path: Path, relu: str) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        collect(tmp_path / "nowhere", IDS)
    script = tmp_path / "relu.py"
    script.write_text(relu)
    with pytest.raises(UsageError, match="not a folder and not a zip"):
        collect(script, IDS)
    os.mkfifo(tmp_path / "pipe.zip")
    with pytest.raises(UsageError, match="not a folder and not a zip"):
        collect(tmp_path / "pipe.zip", IDS)


def test_the_folder_that_the_instructor_names_may_be_a_link(folder: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder({"s001/relu.py": "x"}))
    assert list(read(tmp_path / "link")) == ["s001"]


def test_listing_a_class_reads_no_submission(folder: Callable[..., Path]) -> None:
    root = folder({"s001/relu.py": "x"})
    (entry,) = collect(root, IDS).entries
    (root / "s001/relu.py").write_text("written after listing")
    assert entry.read().sources["relu"].cells == (("relu.py", "written after listing"),)
