"""Read what was handed in, in a process that may die.

Theory of operation
-------------------
Zips, notebooks, YAML and Python are read by large parsers, some of them in C, and what they
read is hostile. So the grader itself parses nothing of a student:

    grader --key--> nursery --key--> reader
           <------- submission ------

The *nursery* is forked from the grader before it has threads. It never sees a byte of a student;
it forks a *reader*, ends it when the deadline has passed, and forks another when it is asked
next. The reader has a limit on its memory and reads one submission after the other, until one
fails or has taken much memory. What comes back is data (JSON, rebuilt as the classes of
`autograder.model` and nothing else). When the grader ends, so does the nursery, and then the reader.

A submission whose reading fails is `Unread`: it costs nobody else anything but the deadline.
Where a process cannot fork (Windows), the same code runs in the grader, and only raising is survived.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from ..codec import decode, encode
from ..errors import GraderError
from ..i18n import Text
from ..model import BLOCKS, Note, Source, Submission, TestResult

DEADLINE = 15.0  # seconds by the clock for one submission; an honest one takes some 20 ms
MEMORY = 2**30  # bytes that the reader may have more than it began with
TIRED = 2**28  # bytes; a reader that has taken more ends after its answer
MAX_ANSWER = 2**25  # bytes; a notebook's text comes once for each of its exercises

_CLASSES: dict[str, type[Any]] = {**{c.__name__: c for c in (Submission, Source, Note, TestResult)}, **BLOCKS}


class Unread(GraderError):
    """A submission could not be read; nothing is known of what it holds."""


class Reader:
    """Reads submissions by their keys. A context manager; make it before the first thread.

    Parameters
    ----------
    read
        Reads the submission of a key (whatever JSON can hold). It runs in the reader and sees
        the grader as it is now.
    more
        Subclasses of `Submission` that it may return.
    """

    def __init__(self, read: Callable[[Any], Submission], more: tuple[type[Submission], ...] = ()) -> None:
        self._read = read
        self._classes = _CLASSES | {c.__name__: c for c in more}
        self._nursery = 0
        if hasattr(os, "fork"):
            self._pipe, theirs = Pipe()
            self._nursery = os.fork()
            if self._nursery == 0:
                with _end_of_process():
                    self._pipe.close()
                    _serve(theirs, read)
            theirs.close()

    def __call__(self, key: Any) -> Submission:
        """The submission.

        Raises
        ------
        Unread
            It takes too long, too much memory, or ends the reader.
        GraderError
            The nursery is gone.
        """
        if not self._nursery:
            answer = _answer(self._read, key)
        else:
            try:
                self._pipe.send_bytes(json.dumps(key).encode())
                answer = self._pipe.recv_bytes()
            except (EOFError, OSError) as error:
                raise GraderError(_NURSERY_GONE) from error
        data = json.loads(answer)
        if "unread" in data:
            raise Unread(Text.of(data["unread"]))
        found: Submission = decode(data, self._classes)
        return found

    def close(self) -> None:
        """End nursery and reader."""
        if self._nursery:
            self._pipe.close()
            os.waitpid(self._nursery, 0)
            self._nursery = 0

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def unread(submission: Submission, why: Text) -> Submission:
    """What stands for a submission that could not be read; a person must look at it."""
    note = Note("could_not_be_read", _COULD_NOT.format(why=why))
    return replace(submission, sources={}, notes=(*submission.notes, note), unread=note)


def _serve(grader: Connection, read: Callable[[Any], Submission]) -> None:
    """The nursery."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the grader, whose end is ours
    reader: _Child | None = None
    while True:
        try:
            key = grader.recv_bytes()
        except EOFError:
            break
        reader = reader or _Child(read)
        answer = reader.ask(key, grader)
        if not reader.fresh:
            reader.end()
            reader = None
        if answer is None:
            break
        grader.send_bytes(answer)
    if reader is not None:
        reader.end()


class _Child:
    """A reader, as the nursery sees it."""

    def __init__(self, read: Callable[[Any], Submission]) -> None:
        self.fresh = True
        self._pipe, theirs = Pipe()
        self._pid = os.fork()
        if self._pid == 0:
            with _end_of_process():
                self._pipe.close()
                _limit_memory()
                _work(theirs, read)
        theirs.close()

    def ask(self, key: bytes, grader: Connection) -> bytes | None:
        """The answer; None where the grader has ended meanwhile."""
        self.fresh = False
        try:
            self._pipe.send_bytes(key)
            ready = wait([self._pipe, grader], DEADLINE)
            if grader in ready:  # it asks for nothing before it is answered
                return None
            if not ready:
                return _unread(_TOO_SLOW.format(seconds=int(DEADLINE)))
            answer = self._pipe.recv_bytes(MAX_ANSWER)
            self.fresh = self._pipe.recv_bytes() == b"fresh"
            return answer
        except EOFError:
            return _unread(_ENDED)
        except OSError:
            return _unread(_TOO_LARGE)

    def end(self) -> None:
        self._pipe.close()
        with contextlib.suppress(OSError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


def _work(nursery: Connection, read: Callable[[Any], Submission]) -> None:
    """The reader."""
    begun = _peak()
    while True:
        try:
            key = nursery.recv_bytes()
        except EOFError:
            return
        answer = _answer(read, json.loads(key))
        nursery.send_bytes(answer)
        nursery.send_bytes(b"fresh" if _peak() - begun < TIRED else b"tired")


def _answer(read: Callable[[Any], Submission], key: Any) -> bytes:
    try:
        return json.dumps(encode(read(key))).encode()
    except MemoryError:
        return _unread(_TOO_MUCH.format(limit=f"{MEMORY >> 20} MiB"))
    except Exception as error:  # whatever it is, it is about this submission
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return _unread(_RAISED.format(what=f"{type(error).__name__}, {Path(frame.filename).name}:{frame.lineno}"))


def _unread(why: Text) -> bytes:
    return json.dumps({"unread": why.as_dict()}).encode()


@contextlib.contextmanager
def _end_of_process() -> Any:
    """A forked process runs what is inside, and nothing of what its parent would do afterwards."""
    code = 1
    try:
        yield
        code = 0
    finally:
        os._exit(code)


def _limit_memory() -> None:
    import resource

    with contextlib.suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        limit = pages * os.sysconf("SC_PAGE_SIZE") + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _peak() -> int:
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


_COULD_NOT = Text(
    "The submission could not be read ({why}). No score was given; a person must look.",
    "提出物を読み込めませんでした（{why}）。得点は付けていません。人による確認が必要です。",
)
_TOO_SLOW = Text("it takes more than {seconds} seconds", "{seconds} 秒以内に終わりませんでした")
_TOO_MUCH = Text("it takes more than {limit} of memory", "{limit} を超えるメモリが必要です")
_TOO_LARGE = Text("its code is too large", "コードの量が多すぎます")
_ENDED = Text("the process that reads it ended", "読み込みのプロセスが異常終了しました")
_RAISED = Text("{what}", "{what}")
_NURSERY_GONE = Text(
    "The process that reads submissions was ended from outside. Grade again with --resume.",
    "提出物を読み込むプロセスが外部から終了させられました。--resume を付けて採点し直してください。",
)
