"""What grading one submission may take."""

from __future__ import annotations

import time
from fractions import Fraction
from typing import Any

import pytest

from autograder.judge import grading
from autograder.model import Source


class Wordy:
    """Its words take all the time that they get."""

    given: list[float] = []  # noqa: RUF012

    def __init__(self, *_: Any) -> None:
        pass

    def run(self, *_: Any) -> None:
        pass

    def results(self, points: Fraction, seconds: float) -> list[Any]:
        self.given.append(seconds)
        end = time.process_time() + max(0.0, seconds)
        while time.process_time() < end:
            pass
        return []


def test_explaining_has_a_limit_over_all_exercises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grading, "_Trial", Wordy)
    monkeypatch.setattr(grading, "EXPLAIN_SECONDS", 0.1)
    monkeypatch.setattr(grading, "EXPLAIN_IN_ALL", 0.25)
    ids = [str(i) for i in range(5)]
    sources = {i: Source("", (), "") for i in ids}
    each: Any = dict.fromkeys(ids, 1)
    nothing: Any = None
    grading.grade_submission(nothing, each, sources, nothing, "1", each, each, 10)
    assert Wordy.given[:2] == [0.1, 0.1]
    assert Wordy.given[2] < 0.1
    assert max(Wordy.given[3:]) <= 0
