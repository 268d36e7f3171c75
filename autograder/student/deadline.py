"""Stop the student's code in this process when its time is up.

Python code is interrupted by an exception that no ``except Exception`` catches: raised by
SIGALRM where there is one, else by `_thread.interrupt_main` from a timer. The alarm repeats,
so a bare ``except:`` inside a loop swallows it once. What swallows it for ever, or never
returns from C, is ended from outside: see `runner`.
"""

from __future__ import annotations

import _thread
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

REPEAT = 0.25


class Overtime(BaseException):
    """The student's code did not finish within its seconds."""


def limited(seconds: float, function: Callable[[], Any]) -> None:
    """Call `function` in the main thread.

    Raises
    ------
    Overtime
        It was still running after `seconds`. The traceback says where.
    """
    if hasattr(signal, "setitimer"):
        _by_alarm(seconds, function)
    else:
        _by_thread(seconds, function)


def _by_alarm(seconds: float, function: Callable[[], Any]) -> None:
    def expire(signum: int, frame: FrameType | None) -> None:
        raise Overtime

    signal.signal(signal.SIGALRM, expire)
    try:
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds, REPEAT)
            function()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    finally:  # the alarm may have struck just before the timer was stopped
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_IGN)


def _by_thread(seconds: float, function: Callable[[], Any]) -> None:
    expired = threading.Event()

    def expire() -> None:
        expired.set()
        _thread.interrupt_main()

    timer = threading.Timer(seconds, expire)
    timer.daemon = True
    timer.start()
    try:
        function()
    except KeyboardInterrupt as interrupt:
        if expired.is_set():
            raise Overtime().with_traceback(interrupt.__traceback__) from None
        raise
    finally:
        timer.cancel()
