"""The pipeline's handle on the judge's host process.

``with JudgeHost(...) as host: for graded in host.grade(submissions): ...`` yields in the order
in which submissions are done. A host that dies takes nothing with it: a new host takes the rest,
and once more what the old one had; a submission that meets this twice becomes a grader error.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from ..course.exercise import Exercise
from ..errors import GraderError
from ..model import Submission, TestResult
from ..sandbox import bubblewrap
from ..sandbox.levels import Protections
from .messages import result_from_wire, source_to_wire
from .server import Setup

MAX_RESTARTS = 3


@dataclass(frozen=True)
class Graded:
    """One submission's test results by exercise, or per exercise why the grader failed."""

    submission: Submission
    results: Mapping[str, tuple[TestResult, ...] | str]
    seconds: float = 0.0


class JudgeHost:
    """A host process with its suites ready.

    Parameters
    ----------
    exercises
        What can be graded.
    seed
        From which every test's inputs follow.
    jobs
        Submissions graded at the same time.
    protections
        The sandbox to use, from `sandbox.levels.probe`.
    points
        Worth of each exercise; 1 where it isn't named.
    seconds, memory_mb
        The course's limits; None leaves each exercise's own.
    total_seconds
        For one whole submission, by the clock.
    thorough
        Learn every cause before the first submission; False pays as it goes, for a few submissions.

    Raises
    ------
    GraderError
        The sandbox or the suites do not start.
    """

    def __init__(
        self,
        exercises: Sequence[Exercise],
        seed: str,
        jobs: int,
        protections: Protections,
        points: Mapping[str, Fraction] | None = None,
        seconds: float | None = None,
        memory_mb: int | None = None,
        total_seconds: float = 120.0,
        fork: bool = True,
        thorough: bool = True,
    ) -> None:
        self._setup = Setup(
            folders=[str(e.folder) for e in exercises],
            seed=seed,
            jobs=jobs,
            protections=asdict(protections),
            memory_mb=memory_mb or max(e.config.limits.memory_mb for e in exercises),
            points={e.id: str((points or {}).get(e.id, Fraction(1))) for e in exercises},
            seconds={e.id: seconds or e.config.limits.seconds for e in exercises},
            total_seconds=total_seconds,
            fork=fork,
            thorough=thorough,
        )
        self._process: subprocess.Popen[bytes] | None = None
        self.broken: dict[str, str] = {}
        self._start()

    def __enter__(self) -> JudgeHost:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the host and everything below it."""
        if self._process is not None:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            try:
                self._process.wait(2)  # it ends by itself when there is nothing more to read
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def grade(
        self, submissions: Iterable[Submission], known: Callable[[Submission], frozenset[str]] | None = None
    ) -> Iterator[Graded]:
        """Grade submissions; results come as they are ready.

        Parameters
        ----------
        submissions
            Read one at a time, in a thread, a few ahead of the judges.
        known
            The exercises of a submission that need no grading; asked in that thread.
        """
        waiting = iter(submissions)
        restarts = 0
        lost: list[Submission] = []
        while True:
            pending: dict[int, Submission] = {}
            yield from self._serve(waiting, pending, known)
            for submission in (s for s in pending.values() if any(s is other for other in lost)):
                reason = "the judge's host process ended unexpectedly"
                yield Graded(submission, dict.fromkeys(submission.sources, reason))
            again = [s for s in pending.values() if not any(s is other for other in lost)]
            lost += again
            waiting = itertools.chain(again, waiting)
            if not pending and self._process is not None and self._process.poll() in (None, 0):
                return
            restarts += 1
            if restarts > MAX_RESTARTS:
                raise GraderError("The judge's host process ended again and again; see the messages above.")
            self.close()
            self._start()

    def _serve(
        self,
        waiting: Iterator[Submission],
        pending: dict[int, Submission],
        known: Callable[[Submission], frozenset[str]] | None,
    ) -> Iterator[Graded]:
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        stdin = process.stdin
        room = threading.Semaphore(self._setup.jobs + 2)
        stop = threading.Event()
        failure: list[BaseException] = []

        def feed() -> None:
            try:
                for key, submission in enumerate(waiting):
                    skip = known(submission) if known else frozenset()
                    runnable = {k: source_to_wire(s) for k, s in submission.sources.items() if k not in skip}
                    pending[key] = submission
                    line = json.dumps({"key": key, "sources": runnable}, ensure_ascii=False)
                    stdin.write(line.encode("utf-8", "surrogatepass") + b"\n")
                    stdin.flush()
                    room.acquire()
                    if stop.is_set():
                        return
                stdin.close()
            except OSError:
                return
            except BaseException as error:
                failure.append(error)
                process.kill()

        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        try:
            for line in process.stdout:
                message = json.loads(line)
                if "failed" in message:  # no new sandbox; starting anew will say why
                    break
                submission = pending.pop(message["key"])
                room.release()
                yield Graded(submission, _results(submission, message), message.get("seconds", 0.0))
        finally:
            stop.set()
            room.release()
            feeder.join(5)
        if failure:
            raise failure[0]

    def _start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "autograder.judge.server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | bubblewrap.one_thread(),
            start_new_session=True,  # Ctrl-C is for the pipeline; the host ends when its stdin does
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(self._setup)).encode() + b"\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        answer: dict[str, Any] = json.loads(line) if line else {"failed": "the judge's host process ended at its start"}
        if "failed" in answer:
            self.close()
            raise GraderError(answer["failed"])
        self.broken = {k: v for k, v in answer["ready"].items() if v}


def _results(submission: Submission, message: dict[str, Any]) -> dict[str, tuple[TestResult, ...] | str]:
    if "error" in message:
        return dict.fromkeys(submission.sources, message["error"])
    return {
        k: v if isinstance(v, str) else tuple(result_from_wire(r) for r in v) for k, v in message["exercises"].items()
    }
