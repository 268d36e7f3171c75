"""Where one long call of C may end the process that judges, so that it is not tried again.

The process notes what it is about to do in memory that it shares with the one that started it,
and asks the kernel to end it if that takes too much CPU time. A limit of the kernel's works
where a signal's handler in Python has to wait for the call's end.
"""

from __future__ import annotations

import mmap
import sys
import time
from collections.abc import Collection

from ..testing.failures import WorkerGone

GRACE = 3.0  # CPU seconds beyond the limit that Python itself watches
MOST = 3  # in one exercise; then none of its tests is tried any more
MOST_IN_ALL = 6  # each costs a submission's time once more
_SIZE = 1024


class Hangs:
    """What ended a judge of this submission before, and what this one is doing.

    Parameters
    ----------
    known
        Keys of such steps: an exercise's id for its explanation, with a test's key for a test.
    limited
        Whether to ask the kernel; not for a process that lives on.
    """

    def __init__(self, known: Collection[str] = (), limited: bool = False) -> None:
        self.known = frozenset(known)
        self._limited = limited and sys.platform != "win32"
        self._now = mmap.mmap(-1, _SIZE)  # shared with a forked process

    def enter(self, step: str, seconds: float) -> None:
        """A step begins, which may take so many CPU seconds.

        Raises
        ------
        WorkerGone
            It is one that hung.
        """
        exercise = step.partition("/")[0]
        hung = sum(key.startswith(f"{exercise}/") for key in self.known)
        if step in self.known or hung >= MOST or len(self.known) >= MOST_IN_ALL:
            raise WorkerGone("timeout", "timeout")
        data = step.encode()[: _SIZE - 1]
        self._now[: len(data) + 1] = data + b"\0"
        if self._limited:
            import resource

            _, hard = resource.getrlimit(resource.RLIMIT_CPU)
            resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + seconds + GRACE) + 1, hard))

    def after(self) -> Hangs:
        """The same, and what the ended process was doing."""
        step = bytes(self._now).partition(b"\0")[0].decode("utf-8", "replace")
        self._now.close()
        return Hangs([*self.known, step], self._limited)
