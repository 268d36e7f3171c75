"""What the sandbox promises is in force, and what is missing is said."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from autograder.errors import GraderError
from autograder.judge.remote import RemoteStudent
from autograder.model import Source
from autograder.sandbox import bubblewrap, seccomp
from autograder.sandbox.launcher import launch
from autograder.sandbox.levels import Protections, probe

LOOK = """
import os


def look(paths):
    return {p: os.path.exists(p) for p in paths}


def read(path):
    return open(path).read()


def who():
    return os.getuid()


def environment():
    return dict(os.environ)
"""


def ask(level: str, name: str, *args: object) -> object:
    launcher = launch(probe(level), 256 << 20)
    student = RemoteStudent(launcher, Source("l.py", (("l.py", LOOK),), ""), "l", 2.0)
    try:
        return getattr(student, name)(*args)
    finally:
        student.close()
        launcher.close()


needs_a = pytest.mark.skipif(probe().level != "A", reason=f"this machine's sandbox is level {probe().level}")
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="Landlock and seccomp are Linux's")


@needs_a
def test_level_a_sees_neither_the_course_nor_processes_nor_homes() -> None:
    paths = [
        "/proc",
        "/sys",
        "/home",
        "/etc/passwd",
        os.path.abspath("solutions"),
        os.getcwd() + "/course.yaml",
    ]
    assert ask("A", "look", paths) == dict.fromkeys(paths, False)


@needs_a
def test_the_environment_of_the_grader_stays_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LMS_TOKEN", "secret")
    environment = ask("A", "environment")
    assert isinstance(environment, dict)
    assert "LMS_TOKEN" not in environment


@needs_linux
@pytest.mark.parametrize("level", ["A", "B", "C"])
def test_no_level_runs_students_as_root(level: str) -> None:
    if probe().level != "A" and level == "A":
        pytest.skip(f"this machine's sandbox is level {probe().level}")
    assert ask(level, "who") != 0


@needs_linux
def test_level_b_cannot_read_files_outside_the_runtime() -> None:
    with pytest.raises(Exception, match="Permission"):
        ask("B", "read", os.path.abspath("course.yaml"))


def test_a_level_that_the_machine_lacks_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bubblewrap.available.cache_clear()
    monkeypatch.setenv("PATH", "/nonexistent")
    try:
        with pytest.raises(GraderError, match="doctor"):
            probe("A")
        assert probe().level != "A"
    finally:
        bubblewrap.available.cache_clear()


def test_levels_follow_from_protections() -> None:
    everything = dict.fromkeys(Protections.__dataclass_fields__, True)
    assert Protections(**everything).level == "A"
    assert Protections(**{**everything, "namespaces": False}).level == "B"
    none = {**dict.fromkeys(everything, False), "deadlines": True}
    assert Protections(**none).level == "C"
    assert Protections(**none).as_dict()["filesystem"] is False


@needs_linux
@pytest.mark.skipif(not seccomp.available(), reason="libseccomp is not installed")
def test_the_filter_has_no_call_that_makes_or_signals_processes() -> None:
    forbidden = {"fork", "vfork", "execve", "execveat", "kill", "tkill", "tgkill", "ptrace", "socket", "memfd_create"}
    assert not forbidden & set(seccomp.ALLOWED)
    assert len(seccomp.compile_filter()) % 8 == 0


def test_the_sandbox_does_not_see_what_lies_beside_a_python_installation(tmp_path: Path) -> None:
    beside = Path(sys.prefix) / "solutions"  # a virtual environment made in the course's own folder
    assert not bubblewrap.exposed(beside)
    assert not bubblewrap.exposed(tmp_path)
    assert bubblewrap.exposed(Path(sys.prefix) / "lib" / "course")
