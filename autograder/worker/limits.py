"""Time limits that the student's own code meets as an exception, so that the line can be told where it was.

Code that catches the exception, or sits in one long call of C, meets it again or runs on: the
judge's own deadline is what counts in the end.
"""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Iterator
from typing import Any

LEAST = 1.0  # seconds by the clock that a cell gets in any case


class OutOfTime(BaseException):
    """The file or the cell used up its time."""


@contextlib.contextmanager
def limited(cpu: float, clock: float) -> Iterator[None]:
    """Raise `OutOfTime` in what runs longer than this: seconds of CPU, and by the clock (code that waits)."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def expire(*_: Any) -> None:
        raise OutOfTime("out of time")

    signals = {signal.ITIMER_PROF: (signal.SIGPROF, cpu), signal.ITIMER_REAL: (signal.SIGALRM, clock)}
    for timer, (number, seconds) in signals.items():
        signal.signal(number, expire)
        signal.setitimer(timer, seconds, 1.0)
    try:
        yield
    finally:
        for timer in signals:
            signal.setitimer(timer, 0)
        for number, _ in signals.values():
            if signal.getsignal(number) is expire:
                signal.signal(number, signal.SIG_DFL)


class Clock:
    """What a notebook may still take by the clock: a cell that waits gets half of it, and leaves the rest to others."""

    def __init__(self, seconds: float, most: float) -> None:
        self._end = time.monotonic() + seconds
        self._most = most

    def share(self) -> float:
        """Seconds for the next cell."""
        return min(self._most, max(LEAST, (self._end - time.monotonic()) / 2))
