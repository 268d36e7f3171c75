"""One child process that reports by JSON lines, forked where that is possible.

A command's process has imported neither NumPy nor pytest and has one thread, so a fork is cheap
and safe. Elsewhere (no fork, or the many threads of a notebook's kernel) the child is a fresh
interpreter.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

PACKAGE = Path(__file__).resolve().parent.parent


class Child:
    """A running `child.main`.

    Parameters
    ----------
    job
        What to do; see `child.main`.
    """

    def __init__(self, job: dict[str, Any]) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._pid = 0
        self._reader: threading.Thread | None = None
        atexit.register(self.kill)  # a Ctrl-C may strike before anybody waits for the child
        stream = self._fork(job) if _may_fork() else self._spawn(job)
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, args=(stream,), daemon=True)
        self._reader.start()

    def next(self, seconds: float) -> dict[str, Any] | None:
        """The next event, or None where the pipe was closed.

        Raises
        ------
        TimeoutError
            Nothing came for `seconds`.
        """
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError from None
        if line is None:
            return None
        event: dict[str, Any] = json.loads(line)
        return event

    def kill(self) -> None:
        """End the process and all it started, and wait for it; a second time does nothing."""
        if self._process is not None:
            if hasattr(os, "killpg") and self._process.poll() is None:
                with contextlib.suppress(OSError):
                    os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()
            self._process.wait()
        elif self._pid:
            with contextlib.suppress(OSError):
                os.killpg(self._pid, signal.SIGKILL)
            with contextlib.suppress(OSError):
                os.kill(self._pid, signal.SIGKILL)
            with contextlib.suppress(OSError):
                os.waitpid(self._pid, 0)
            self._pid = 0
        if self._reader is not None and self._reader.ident is not None:
            self._reader.join(1.0)
        atexit.unregister(self.kill)

    def _read(self, stream: IO[str]) -> None:
        with stream:
            for line in stream:
                if line.endswith("\n"):
                    self._lines.put(line)
        self._lines.put(None)

    def _fork(self, job: dict[str, Any]) -> IO[str]:
        reader, writer = os.pipe()
        sys.stdout.flush()
        # A Ctrl-C between the fork and the note of its number would leave a child that nobody ends.
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        self._pid = os.fork()
        if self._pid == 0:
            os.close(reader)
            _in_child(job, writer, mask)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        os.close(writer)
        return os.fdopen(reader, encoding="utf-8")

    def _spawn(self, job: dict[str, Any]) -> IO[str]:
        # -P: no file of the working folder stands in for a module; the package may not be installed.
        path = os.pathsep.join([str(PACKAGE.parent), *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "autograder.student.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._process.stdin as stdin:
            json.dump(job, stdin)
        return self._process.stdout


def _may_fork() -> bool:
    return hasattr(os, "fork") and threading.active_count() == 1


def _in_child(job: dict[str, Any], writer: int, mask: Iterable[int]) -> None:
    """The forked child's whole life: it never returns to the caller's code."""
    try:
        os.setpgid(0, 0)  # so that what the student's code starts can be ended with it
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        null = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(null, descriptor)
        out = os.fdopen(writer, "w", encoding="utf-8")
        try:
            from .child import main

            main(job, out)
        except BaseException as error:
            out.write(json.dumps({"event": "broken", "id": "", "text": f"{type(error).__name__}: {error}"}) + "\n")
            out.flush()
    finally:
        os._exit(0)
