"""What a student's text does to the grader's own side: parsers, pages and files."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable

from autograder.report.message import blocks


def ends_within(seconds: float, work: Callable[..., object], *args: object) -> bool:
    """Whether a call comes to its end, in a process that can be ended if it does not."""
    process = multiprocessing.get_context("fork").Process(target=work, args=args)
    process.start()
    process.join(seconds)
    ended = not process.is_alive()
    process.kill()
    process.join()
    return ended


def test_an_exception_that_looks_almost_like_a_table_stops_no_report() -> None:
    assert ends_within(5, blocks, "a\n" + "--|" * 60 + "x")
