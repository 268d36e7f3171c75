"""Nothing of one submission reaches the next one, and nothing of the course can be seen from inside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.judge.remote import RemoteStudent
from autograder.model import Source
from autograder.sandbox.launcher import Launcher, launch
from autograder.sandbox.levels import Protections, probe

CODE = """
import fcntl, os
def mark():
    for stream in (0, 1, 2):
        fcntl.fcntl(stream, fcntl.F_SETFL, os.O_APPEND | os.O_NONBLOCK)
    return flags()
def flags(): return [fcntl.fcntl(stream, fcntl.F_GETFL) for stream in (0, 1, 2)]
def where(): return os.getcwd()
def sees(path):
    try:
        os.stat(path)
    except OSError:
        return False
    return True
"""


@pytest.fixture(scope="module", params=["A", "B"])
def launcher(request: pytest.FixtureRequest, protections: Protections) -> Iterator[Launcher]:
    if protections.level > request.param:
        pytest.skip(f"this machine has no sandbox of level {request.param}")
    made = launch(probe(request.param), 256 << 20)
    yield made
    made.close()


@pytest.fixture
def pair(launcher: Launcher) -> Iterator[tuple[RemoteStudent, RemoteStudent]]:
    source = Source("m.py", (("m.py", CODE),), "")
    students = RemoteStudent(launcher, source, "m", 1.0), RemoteStudent(launcher, source, "m", 1.0)
    yield students
    for student in students:
        student.close()


def test_flags_of_an_open_file_carry_nothing_to_the_next_process(pair: tuple[RemoteStudent, RemoteStudent]) -> None:
    first, second = pair
    before = second.flags()
    assert first.mark() != before
    assert second.flags() == before


def test_a_relative_path_finds_nothing_of_the_course(pair: tuple[RemoteStudent, RemoteStudent]) -> None:
    inside, _ = pair
    assert inside.where() == "/"
    assert not any(inside.sees(name) for name in os.listdir() if not Path("/", name).exists())
