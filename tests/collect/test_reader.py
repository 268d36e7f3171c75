"""Reading one submission may fail in any way; the grader and the other submissions notice nothing of it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.codec import decode, encode
from autograder.collect import reader
from autograder.collect.reader import Reader, Unread, unread
from autograder.i18n import Text
from autograder.model import (
    Called,
    Cause,
    Lines,
    NoFunction,
    Note,
    NotLoaded,
    Place,
    Raised,
    Sentence,
    Source,
    Submission,
    Table,
    TestResult,
)


def read(key: str) -> Submission:
    """Does to its process what the key says."""
    if key == "hang":
        while True:
            pass
    if key == "swallow":
        bytearray(8 * reader.MEMORY)
    if key == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    if key == "leave":
        os._exit(0)
    if key == "recurse":
        read_again: Any = read
        return read_again(key) if key else read_again(read(key))
    if key == "raise":
        raise RuntimeError("\x1b[31mthe student's words")
    if key == "huge":
        return Submission("huge", {"relu": Source("relu.py", (("", "x" * (reader.MAX_ANSWER + 1)),), "")})
    if key == "tired":
        bytearray(b"x") * (reader.TIRED + 2**20)
    return Submission(f"{key} {os.getpid()}", {})


def pid(submission: Submission) -> int:
    return int(submission.student.split()[-1])


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Reader]:
    if not hasattr(os, "fork"):
        pytest.skip("this system cannot fork")
    monkeypatch.setattr(reader, "DEADLINE", 2.0 if "hang" in request.node.name else 60.0)
    monkeypatch.setattr(reader, "TIRED", 2**25)
    with Reader(read) as found:
        yield found


def test_submissions_are_read_one_after_the_other_in_another_process(reading: Reader) -> None:
    assert pid(reading("a")) == pid(reading("b")) != os.getpid()


@pytest.mark.parametrize("how", ["hang", "swallow", "crash", "leave", "recurse", "raise", "huge"])
def test_one_that_cannot_be_read_says_so_and_the_next_one_is_read(reading: Reader, how: str) -> None:
    began = time.monotonic()
    with pytest.raises(Unread) as caught:
        reading(how)
    assert time.monotonic() - began < 30
    assert caught.value.text.en.isprintable()
    assert caught.value.text.ja.isprintable()
    assert reading("next").student.startswith("next")


def test_a_reader_that_took_much_memory_makes_room_for_a_fresh_one(reading: Reader) -> None:
    first = pid(reading("tired"))
    assert pid(reading("next")) != first


def test_what_is_left_of_it_is_a_submission_that_a_person_must_look_at() -> None:
    left = unread(Submission("s1", {}, notes=(Note("late", Text("late", "遅れ")),)), Text("why", "なぜ"))
    assert left.unread in left.notes
    assert "why" in left.notes[-1].text.en


def test_nursery_and_reader_end_with_the_grader(reading: Reader) -> None:
    child = pid(reading("a"))
    reading.close()
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and alive(child):
        time.sleep(0.05)
    assert not alive(child)


def test_closing_waits_for_no_submission_that_is_being_read(reading: Reader) -> None:
    assert reading("a")
    reading._pipe.send_bytes(b'"hang"')  # as a grader does that is interrupted before the answer
    began = time.monotonic()
    reading.close()
    assert time.monotonic() - began < 1.5


def alive(process: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True).stdout.strip()
    return bool(state) and not state.startswith("Z")


texts = st.builds(Text, st.text(), st.text())
notes = st.lists(st.builds(Note, st.text(), texts), max_size=3).map(tuple)
fractions = st.builds(Fraction, st.integers(-99, 99), st.integers(1, 99))
sources = st.builds(
    Source,
    path=st.text(),
    cells=st.lists(st.tuples(st.text(), st.text()), max_size=3).map(tuple),
    sha256=st.text(),
    is_notebook=st.booleans(),
    problem=st.none() | texts,
    notes=notes,
)
blocks = st.one_of(  # of every class, each field at random
    st.builds(Sentence, texts),
    st.builds(Lines, texts),
    st.builds(Cause, st.none() | st.text(), texts),
    st.builds(Place, texts, st.integers(0), st.text()),
    st.builds(Table, st.tuples(texts), st.lists(st.tuples(st.text()), max_size=2).map(tuple), st.integers(0)),
    st.builds(NoFunction, st.text(), st.text(), st.none() | texts),
    st.builds(NotLoaded, st.text()),
    st.builds(Called, st.text()),
    st.builds(Raised, st.text()),
)
results = st.builds(
    TestResult,
    name=st.text(),
    tier=st.sampled_from(["visible", "hidden"]),
    status=st.sampled_from(["passed", "failed", "not_run"]),
    points=fractions,
    max_points=fractions,
    cause=st.none() | st.text(),
    message=st.lists(blocks, max_size=3).map(tuple),
    title=texts,
    group=st.text(),
    response=st.none() | st.text(),
    variant=st.none() | st.integers(0, 9),
    picks=st.lists(st.text(), max_size=3).map(tuple),
)
submissions = st.builds(
    Submission,
    student=st.text(),
    sources=st.dictionaries(st.text(), sources, max_size=2),
    received_at=st.none() | st.datetimes(datetime(1990, 1, 1), timezones=st.just(UTC)),
    late_by_lms=st.booleans(),
    attempt=st.integers(1, 9),
    name=st.none() | st.text(),
    notes=notes,
    sha256=st.text(),
    ids=st.dictionaries(st.text(), st.text(), max_size=2),
    answers=st.dictionaries(st.text(), st.lists(results, max_size=2).map(tuple), max_size=2),
    unread=st.none() | st.builds(Note, st.text(), texts),
)


@given(submissions)
def test_a_submission_comes_back_as_it_was_read(submission: Submission) -> None:
    import json

    assert decode(json.loads(json.dumps(encode(submission))), reader._CLASSES) == submission
