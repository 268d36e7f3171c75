"""What is written about students is for its owner alone, and goes where it was meant to."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.errors import GraderError
from autograder.files import atomic, make_folder, prepare_database, write_atomic
from autograder.gradebook import Gradebook
from autograder.lms.upload.journal import Journal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes and links are those of POSIX")


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("umask")
def test_files_and_new_folders_are_private_whatever_the_umask(tmp_path: Path) -> None:
    with atomic(tmp_path / "a" / "b" / "text") as file:
        file.write("x")
    write_atomic(tmp_path / "a" / "bytes", b"x")
    with (
        Gradebook.open(tmp_path / "a" / "gradebook.sqlite"),
        Journal.open(tmp_path / "a" / "uploads.sqlite", write=True),
    ):
        files = [p for p in (tmp_path / "a").rglob("*") if p.is_file()]
        assert {"text", "bytes", "gradebook.sqlite", "gradebook.sqlite-wal", "uploads.sqlite"} <= {
            p.name for p in files
        }
        assert {p.name: oct(mode(p)) for p in files if mode(p) != 0o600} == {}
    assert [mode(tmp_path / "a"), mode(tmp_path / "a" / "b")] == [0o700, 0o700]


def test_a_folder_of_ours_is_closed_and_one_of_the_instructors_is_left_alone(tmp_path: Path) -> None:
    for name in ("ours", "theirs"):
        (tmp_path / name).mkdir()
        (tmp_path / name).chmod(0o755)
    make_folder(tmp_path / "ours", ours=True)
    make_folder(tmp_path / "theirs")
    assert [mode(tmp_path / "ours"), mode(tmp_path / "theirs")] == [0o700, 0o755]


def test_what_says_nothing_of_students_keeps_the_mode_of_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_atomic(tmp_path / "new" / "public", b"x", public=True)
    finally:
        os.umask(before)
    assert [mode(tmp_path / "new"), mode(tmp_path / "new" / "public")] == [0o755, 0o644]


def test_a_file_takes_the_place_of_a_link(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "precious")
    write_atomic(tmp_path / "link", b"new")
    assert (tmp_path / "precious").read_text() == "mine"
    assert not (tmp_path / "link").is_symlink()
    assert (tmp_path / "link").read_text() == "new"


@pytest.mark.parametrize("name", ["book.sqlite", "book.sqlite-wal", "book.sqlite-shm", "book.sqlite-journal"])
def test_a_database_that_is_a_link_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).symlink_to(tmp_path / "elsewhere")
    for opened in (prepare_database, Gradebook.open, lambda path: Journal.open(path, write=True)):
        with pytest.raises(GraderError, match="symbolic link"):
            opened(tmp_path / "book.sqlite")
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_of_ours_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "feedback").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(GraderError, match="symbolic link"):
        make_folder(tmp_path / "feedback", ours=True)
