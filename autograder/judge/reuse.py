"""The student processes of one submission: a process that an exercise leaves clean serves the next.

A fork costs more than the tests of a small exercise. Exercises of one submission therefore
share a process as long as it stays pristine (`worker.pristine`); after a crash, a time-out or a
changed global setting the next exercise gets a new one. Two submissions never share anything.
"""

from __future__ import annotations

from ..sandbox.launcher import Connection, Launcher


class Seats:
    """A `Launcher` for one submission.

    Parameters
    ----------
    launcher
        Where new processes come from.
    """

    def __init__(self, launcher: Launcher) -> None:
        self._launcher = launcher
        self._free: Connection | None = None

    def spawn(self) -> Connection:
        """The process that the last exercise left clean, else a new one."""
        connection, self._free = self._free, None
        return connection or self._launcher.spawn()

    def alive(self) -> bool:
        """Whether new processes can still come."""
        return self._launcher.alive()

    def give_back(self, connection: Connection) -> None:
        """Keep a clean process for the next exercise."""
        self.close()
        self._free = connection

    def close(self) -> None:
        """End the process that is waiting."""
        if self._free is not None:
            self._free.end()
            self._free = None
