"""Shared by all tests: one judge host per session, on the real sandbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.course.exercise import load_exercise
from autograder.judge.client import Graded, JudgeHost
from autograder.model import Source, Submission
from autograder.sandbox.levels import Protections, probe

ROOT = Path(__file__).resolve().parent.parent
SOLUTIONS = ROOT / "solutions"


@pytest.fixture(scope="session")
def protections() -> Protections:
    return probe()


@pytest.fixture(scope="session")
def relu_host(protections: Protections) -> Iterator[JudgeHost]:
    """The judge of the exercise `relu`."""
    with JudgeHost([load_exercise(SOLUTIONS / "relu")], "1", 2, protections) as host:
        assert host.broken == {}
        yield host


@pytest.fixture
def grade_relu(protections: Protections) -> Callable[..., list[Graded]]:
    """Grade source texts as submissions of `relu`, by student name, in the order given."""

    def grade(**sources: str) -> list[Graded]:
        submissions = [
            Submission(name, {"relu": Source("relu.py", (("relu.py", text),), "")}) for name, text in sources.items()
        ]
        with JudgeHost([load_exercise(SOLUTIONS / "relu")], "1", 2, protections) as host:
            graded = {g.submission.student: g for g in host.grade(submissions)}
        return [graded[name] for name in sources]

    return grade
