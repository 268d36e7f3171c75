"""The judge's host process: prepare once, then fork one judge for each submission.

Theory of operation
-------------------
The first line on stdin is the set-up (JSON), every further line a submission. The host starts
the sandbox, collects the suites, proves them, and answers with one line that says so. For each
submission it forks: the child grades it on the open pytest session, writes its result to a
pipe and exits. So no submission sees what another one left behind, a judge that hangs is
killed alone, and memory does not grow with the class. Where there is no fork, submissions are
graded in turn in this process.

A child that dies or overruns gives a *grader error* for that submission, never a score. A
student's values must not bring it to that: a child's memory is limited, so that a test which
makes too much of them fails. A sandbox that has died is started anew for the submissions to come.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import selectors
import signal
import sys
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO

from ..course.exercise import load_exercise
from ..errors import AutograderError, GraderError
from ..sandbox.bubblewrap import exposed
from ..sandbox.launcher import Launcher, launch
from ..sandbox.levels import Protections
from ..testing.suite import Suite, collected
from .grading import TIERS, grade_submission
from .hangs import Hangs
from .messages import result_to_wire, source_from_wire
from .prepare import Prepared, plan_calls, prepare

JUDGE_MEMORY = 2 << 30  # bytes that grading one submission may add to the host's own


@dataclass
class Setup:
    """What the host is to do."""

    folders: list[str]
    seed: str
    jobs: int
    protections: dict[str, bool]
    memory_mb: int
    points: dict[str, str]
    seconds: dict[str, float]
    total_seconds: float
    fork: bool = True
    thorough: bool = True


@dataclass
class _Judge:
    job: dict[str, Any]
    hangs: Hangs
    pid: int
    start: float
    end: float
    overran: bool = False
    data: bytearray = field(default_factory=bytearray)


class Lines:
    """Lines of a descriptor, read by the block: Python's unbuffered files read a byte at a time."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._buffer = bytearray()

    def readline(self) -> bytes:
        """The next line; at the end, nothing."""
        start = 0
        while (end := self._buffer.find(b"\n", start) + 1) == 0:
            start = len(self._buffer)
            chunk = os.read(self._fd, 1 << 20)
            if not chunk:
                end = len(self._buffer)
                break
            self._buffer += chunk
        line, self._buffer = bytes(self._buffer[:end]), self._buffer[end:]
        return line

    def ready(self) -> bool:
        """Whether there is something to read, or the end."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._fd, selectors.EVENT_READ)
            return bool(self._buffer) or bool(selector.select(0))

    def fileno(self) -> int:
        return self._fd

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")


class Host:
    """Serve submissions on an open suite."""

    def __init__(
        self, setup: Setup, suite: Suite, prepared: dict[str, Prepared], launcher: Launcher, out: BinaryIO
    ) -> None:
        self._setup = setup
        self._suite = suite
        self._prepared = prepared
        self._launcher = launcher
        self._out = out
        self._points = {k: Fraction(v) for k, v in setup.points.items()}
        self._running: dict[int, _Judge] = {}
        self._selector = selectors.DefaultSelector()
        self._address_space = _address_space() + JUDGE_MEMORY

    def close(self) -> None:
        """End the sandbox."""
        self._launcher.close()

    def serve(self, jobs: Lines) -> None:
        """Grade until stdin ends and every judge is done."""
        if not self._setup.fork or not hasattr(os, "fork"):
            for line in jobs:
                job = json.loads(line)
                self._say({"key": job["key"], "exercises": self._grade(job)})
            return
        more = True
        while more or self._running:
            while more and len(self._running) < self._setup.jobs:
                line = jobs.readline() if not self._running or jobs.ready() else b" "
                if line == b" ":
                    break
                more = bool(line)
                if line:
                    self._fork(json.loads(line))
            self._collect(jobs if more and len(self._running) < self._setup.jobs else None)

    def _fork(self, job: dict[str, Any], hangs: Hangs | None = None) -> None:
        hangs = hangs or Hangs(limited=True)
        if not self._launcher.alive():
            self._launcher.close()
            self._launcher = start_sandbox(self._setup)
        ours, theirs = os.pipe()
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                os.close(ours)
                _restrict(self._address_space)
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                gc.disable()  # a few seconds of life: collecting would only touch shared pages
                data = json.dumps(self._grade(job, hangs), ensure_ascii=False).encode()
                with open(theirs, "wb") as pipe:
                    pipe.write(data)
                code = 0
            except BrokenPipeError:  # the pipeline was interrupted
                code = 1
            except BaseException as error:
                with contextlib.suppress(BaseException):
                    print(f"judge: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
            finally:
                os._exit(code)
        os.close(theirs)
        now = time.monotonic()
        self._running[ours] = _Judge(job, hangs, pid, now, now + 2 * self._setup.total_seconds + 60)
        self._selector.register(ours, selectors.EVENT_READ)

    def _collect(self, jobs: Lines | None) -> None:
        """Wait for a judge to say something, to overrun, or for another submission to arrive."""
        if jobs is not None:
            self._selector.register(jobs, selectors.EVENT_READ)
        timeout = min((j.end for j in self._running.values()), default=time.monotonic() + 1) - time.monotonic()
        events = self._selector.select(max(0.0, timeout))
        if jobs is not None:
            self._selector.unregister(jobs)
        for event, _ in events:
            if event.fd in self._running:
                chunk = os.read(event.fd, 1 << 16)
                self._running[event.fd].data += chunk
                if not chunk:
                    self._finish(event.fd)
        for fd, judge in list(self._running.items()):
            if time.monotonic() > judge.end:
                judge.overran = True
                os.kill(judge.pid, signal.SIGKILL)
                self._finish(fd)

    def _finish(self, fd: int) -> None:
        judge = self._running.pop(fd)
        self._selector.unregister(fd)
        os.close(fd)
        _, status = os.waitpid(judge.pid, 0)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
            self._fork(judge.job, judge.hangs.after())
            return
        if status == 0 and judge.data.startswith(b"{"):
            head = json.dumps({"key": judge.job["key"], "seconds": round(time.monotonic() - judge.start, 4)}).encode()
            self._out.write(head[:-1] + b', "exercises": ' + judge.data + b"}\n")  # it is JSON already
            self._out.flush()
        else:
            ended = f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"status {os.WEXITSTATUS(status)}"
            reason = "overran its time limit" if judge.overran else f"ended with {ended}"
            self._say({"key": judge.job["key"], "error": f"the judge process {reason}"})

    def _grade(self, job: dict[str, Any], hangs: Hangs | None = None) -> dict[str, Any]:
        sources = {exercise_id: source_from_wire(s) for exercise_id, s in job["sources"].items()}
        results = grade_submission(
            self._suite,
            self._prepared,
            sources,
            self._launcher,
            self._setup.seed,
            self._points,
            self._setup.seconds,
            self._setup.total_seconds,
            hangs,
        )
        return {k: v if isinstance(v, str) else [result_to_wire(r) for r in v] for k, v in results.items()}

    def _say(self, message: dict[str, Any]) -> None:
        self._out.write(json.dumps(message, ensure_ascii=False).encode() + b"\n")
        self._out.flush()


def _address_space() -> int:
    if sys.platform != "linux":
        return 0
    from ..worker.lockdown import address_space

    return address_space()


def _restrict(memory: int) -> None:
    """Let a judge end with its host, and take no more memory than it may."""
    if sys.platform == "linux":
        from ..worker.lockdown import die_with_parent, limit_address_space

        die_with_parent()
        limit_address_space(memory)


def start_sandbox(setup: Setup) -> Launcher:
    """The sandbox that the set-up asks for.

    Raises
    ------
    GraderError
        It does not start, or would show the course's sources to a student's code.
    """
    protections = Protections(**setup.protections)
    seen = next((folder for folder in setup.folders if exposed(Path(folder))), None)
    if seen is not None and protections.level != "C":
        raise GraderError(
            f"{seen} lies in a folder of the Python installation, which submissions can read; move the course."
        )
    return launch(protections, setup.memory_mb << 20)


def main() -> int:
    """Entry point of ``python -m autograder.judge.server``."""
    warnings.simplefilter("ignore")  # wrong versions divide by zero by design
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a suite that prints must not write into the protocol
    jobs = Lines(0)
    try:
        setup = Setup(**json.loads(jobs.readline()))
        exercises = [load_exercise(Path(folder)) for folder in setup.folders]
        launcher = start_sandbox(setup)
    except (AutograderError, OSError, ValueError) as error:
        out.write(json.dumps({"failed": str(error)}).encode() + b"\n")
        out.flush()
        return 4

    def body(suite: Suite) -> None:
        prepared = prepare(suite, exercises, launcher, setup.seed, setup.thorough, setup.jobs)
        for key, one in prepared.items():
            if one.broken is None:
                one.plans = {tier: plan_calls(suite, one, tier, setup.seed, setup.seconds[key]) for tier in TIERS}
        gc.collect()
        gc.freeze()
        host = Host(setup, suite, prepared, launcher, out)
        out.write(json.dumps({"ready": {k: p.broken for k, p in prepared.items()}}).encode() + b"\n")
        out.flush()
        try:
            host.serve(jobs)
        finally:
            host.close()

    try:
        collected([f for e in exercises for f in (e.visible, e.hidden)], body)
    except AutograderError as error:
        out.write(json.dumps({"failed": str(error)}).encode() + b"\n")
        out.flush()
        return 4
    except BrokenPipeError:  # the pipeline has ended and wants no more results
        return 4
    finally:
        launcher.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
