"""The journal: true up to its last event, append-only, for one uploader at a time."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest

from autograder.lms.upload.errors import UploadError
from autograder.lms.upload.journal import Journal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "uploads.sqlite"


def test_an_event_is_on_the_disk_at_once(path):
    with Journal.open(path, write=True) as journal:
        journal.destination = "d"
        journal.record("sending", "s1", "101", Decimal("1.5"), "hello")
        copy = path.with_name("copy.sqlite")  # what a crash at this moment would leave
        copy.write_bytes(path.read_bytes())
    with Journal.open(copy, write=False) as left:
        left.destination = "d"
        assert left.states() == {"s1": "sending"}


def test_only_a_comment_that_was_accepted_is_known(path):
    with Journal.open(path, write=True) as journal:
        journal.destination = "d"
        journal.record("sending", "s1", "101", Decimal(1), "hello")
        assert not journal.knows("101", "hello")
        journal.record("sent", "s1", "101", Decimal(1), "hello")
        assert journal.knows("101", "hello")
        assert not journal.knows("102", "hello")
        journal.record("sent", "s1", "101", Decimal(1), "other")
        assert not journal.knows("101", "hello")
        journal.destination = "elsewhere"
        assert not journal.knows("101", "other")


def test_the_text_of_a_comment_is_not_kept(path):
    with Journal.open(path, write=True) as journal:
        journal.record("sent", "s1", "101", Decimal(1), "private words")
    assert b"private words" not in path.read_bytes()


def test_a_second_writer_is_kept_out_and_let_in_afterwards(path):
    with (
        Journal.open(path, write=True),
        pytest.raises(UploadError, match="another upload"),
        Journal.open(path, write=True),
    ):
        pass
    with Journal.open(path, write=True) as journal:
        assert journal.states() == {}


def test_looking_makes_no_file_and_changes_none(path):
    with Journal.open(path, write=False) as journal:
        assert journal.states() == {}
    assert not path.exists()
    with Journal.open(path, write=True) as journal:
        journal.record("sent", "s1", "101")
    before = path.read_bytes()
    with Journal.open(path, write=False) as journal, pytest.raises(UploadError):
        journal.record("sent", "s1", "101")
    assert path.read_bytes() == before


def test_a_file_of_another_program_is_left_alone(path):
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE t (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(UploadError, match="not a journal"), Journal.open(path, write=True):
        pass
    assert path.read_bytes() == before


def test_a_damaged_file_is_named(path):
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(UploadError, match=r"uploads\.sqlite"), Journal.open(path, write=True):
        pass


def test_a_student_id_that_is_not_utf8_is_recorded(path):
    with Journal.open(path, write=True) as journal:
        journal.destination = "d"
        journal.record("failed", "s\udc80", "101")
        assert list(journal.states()) == ["s\\udc80"]


def test_jobs_are_open_until_they_end(path):
    with Journal.open(path, write=True) as journal:
        journal.destination = "d"
        first, second = journal.begin_job(), journal.begin_job()
        journal.job_at(second, "https://x/progress/2")
        journal.end_job(first)
        assert [(j.id, j.url) for j in journal.open_jobs()] == [(second, "https://x/progress/2")]
        journal.destination = "elsewhere"
        assert journal.open_jobs() == []
