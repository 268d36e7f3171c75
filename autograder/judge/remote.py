"""The student's module as a test sees it, while the code runs in another process.

Theory of operation
-------------------
`RemoteStudent` stands for the submission. An attribute of it is a proxy; calling the proxy
sends one request and waits for its reply under one deadline, which also covers callbacks and
half-sent frames. Each request carries a fresh nonce, so that a forged or late reply is never
taken for the next one's. What comes back is data, or a `RemoteObject`: a handle whose uses
are calls, iteration, ``len`` and methods, and nothing that could be taken for a result.

When the worker dies or overruns, the current test ends by `WorkerGone` and the next one gets
a fresh process. A function that ran out of time twice is not tried again, and one exercise
has a total budget, so that ten endless loops cost two time limits, not ten. Loading again after
a crash counts, and so do the bytes that came back: one exercise may not fill the judge's memory.

What a test passes on may be what the student returned, so a value that cannot travel is the
student's failure here; for the suite's own values the reference has proved that they travel.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from ..model import Source
from ..sandbox.launcher import Launcher
from ..testing.bench import Arguments, Call
from ..testing.copies import Contents, clone, is_generator, snapshot
from ..testing.failures import WorkerGone, student_error
from ..worker import wire
from .kept import Kept
from .lookahead import Ahead, Plan
from .remote_object import RemoteObject
from .reuse import Seats
from .stream import Stream
from .write_back import write_back

MAX_CALLBACKS = 200_000
MAX_TIMEOUTS = 2
MAX_RECEIVED = 4 * wire.MAX_BLOB  # bytes for one exercise
JUDGING_SECONDS = 10.0
_LOAD_SECONDS = 30  # what many cells may add to a notebook's time
_MALFORMED = (wire.WireError, TypeError, ValueError, IndexError, KeyError, OverflowError, RecursionError, MemoryError)


def _of_cell(failure: Exception | WorkerGone) -> WorkerGone:
    """What the failure of a cell makes of a test that needs what it should have defined."""
    if not isinstance(failure, WorkerGone):
        return WorkerGone.from_load(failure)
    return failure.again() if failure.cause == "timeout" else failure.again().at_load()


class Budget:
    """Seconds by the clock that one submission has, over all its exercises, from now on."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return self._end - time.monotonic()


class Allowance:
    """What one exercise may still take, over all the processes that hold its code.

    Attributes
    ----------
    seconds
        By the clock, for calls and for loading again.
    judging
        CPU seconds of the judge's own for what it does with the values of this code.
    received
        Bytes that came back.
    timeouts
        How often each function ran out of time.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = max(12.0, 8 * seconds)
        self.judging = JUDGING_SECONDS
        self.received = 0
        self.timeouts: Counter[str] = Counter()


class RemoteStudent:
    """The code handed in for one exercise, held in a worker process.

    Parameters
    ----------
    launcher
        Where processes come from.
    source
        What to load into each of them.
    name
        The exercise's id, the module's name.
    seconds
        CPU seconds for one call. By the clock a call may take three times as long, so that a
        busy machine fails nobody.
    budget
        What the whole submission has left; one exercise has a limit of its own besides.
    plan
        Calls that can be sent ahead; `begin_test` says where in it we are.
    before
        The same code in the processes of the visible tests. Its allowance goes on, and what is told
        about loading is what was said there: these processes have seen hidden calls.

    Attributes
    ----------
    remember_calls
        Keep a copy of each call's arguments in ``last_call``, not the arguments themselves, which
        the test may change; only visible tests show them.
    left_arguments
        Positional and keyword arguments as the last call left them. The test's own stay as they
        were, or a call could change what the test asks, or expects, next.
    """

    def __init__(
        self,
        launcher: Launcher | Seats,
        source: Source,
        name: str,
        seconds: float,
        budget: Budget | None = None,
        plan: Plan | None = None,
        before: RemoteStudent | None = None,
    ) -> None:
        self._launcher = launcher
        self._source = source
        self._name = name
        self._seconds = seconds
        self._allowance: Allowance = before._allowance if before else Allowance(seconds)
        self._budget = budget or Budget(600)
        self._ahead = Ahead(plan or Plan())
        self._stream: Stream | None = None
        self._generation: int = 0
        self._names: frozenset[str] = frozenset()
        self._before = before
        self._load_failure = WorkerGone("error", "unreadable_file", source.problem.en) if source.problem else None
        self.remember_calls = True
        self.last_call: Call | None = None
        self.left_arguments: Arguments = ((), {})
        self._kept = Kept()
        self.cell_errors: list[Exception | WorkerGone] = []
        if before is not None:
            self._load_failure, self.cell_errors = before._load_failure, before.cell_errors

    @property
    def left(self) -> float:
        """Seconds by the clock that this exercise may still take."""
        return min(self._allowance.seconds, self._budget.left)

    @property
    def judging(self) -> float:
        """CPU seconds that the judge may still spend on this exercise's values."""
        return self._allowance.judging

    def charge(self, seconds: float) -> None:
        """The judge has spent so many CPU seconds."""
        self._allowance.judging -= seconds

    def load(self) -> None:
        """Load the code now, so that whatever is said about loading is known before any test."""
        with contextlib.suppress(WorkerGone):
            self._connect()

    def begin_test(self, test: str) -> None:
        """The test with this key begins."""
        self.last_call = None
        self._ahead.begin(test)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)

        def call(*args: Any, **kwargs: Any) -> Any:
            kept = (snapshot(args), snapshot(kwargs)) if self.remember_calls else (args, kwargs)
            self.last_call = Call(name, *kept)
            return self._call_function(name, args, kwargs)

        return call

    def _call_function(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self.left_arguments = (args, kwargs)
        if self._allowance.timeouts[name] >= MAX_TIMEOUTS:
            raise WorkerGone("timeout", "timeout")
        self._connect()
        if name not in self._names:
            raise self._why_missing(name)
        number = self._ahead.planned(name, args, kwargs) if self._generation == 1 else None
        if number is not None and number < self._ahead.read:
            number = None  # an earlier test left the plan, so that this answer was passed over
        sent = self._ahead.sent
        if not self._skip(sent if number is None or number >= sent else number):
            self._connect()  # what no test asked for ended the process; that is not this call's fault
            number = None
        try:
            if number is not None:
                return self._planned(number, args, kwargs)
            return self._request(["function", name], args, kwargs)
        except NameError as error:
            failure = self._why_undefined(str(error))
            if failure is None:
                raise
            raise failure from None
        except WorkerGone as gone:
            if gone.status == "timeout":
                self._allowance.timeouts[name] += 1
            raise

    def _why_missing(self, name: str) -> WorkerGone:
        """Why a function is not there: what went wrong in the cell that defines it, else in the first that failed."""
        defines = re.compile(rf"^[ \t>.]*(?:async[ \t]+)?(?:(?:def|class)[ \t]+{name}\b|{name}[ \t]*=)", re.MULTILINE)
        meant = {label for label, source in self._source.cells if defines.search(source)}
        errors = [e for e in self.cell_errors if getattr(e, "label", "") in meant]
        errors = errors or [e for e in self.cell_errors if getattr(e, "cause", "") != "foreign_cell"]
        if not errors:
            return WorkerGone("error", "function_missing", name)
        return _of_cell(errors[0])

    def _why_undefined(self, message: str) -> WorkerGone | None:
        """What went wrong in the cell that would have made a name known, where it failed before it came to that."""
        named = re.fullmatch(r"name '(\w+)' is not defined\b[^\n]*", message)
        if named is None or not self.cell_errors:
            return None
        name = named[1]
        binds = re.compile(
            rf"^[ \t>.]*(?:(?:import|from)\b[^\n]*\b{name}\b|(?:def|class)[ \t]+{name}\b|{name}[ \t]*=)", re.MULTILINE
        )
        meant = {label for label, source in self._source.cells if binds.search(source)}
        errors = [e for e in self.cell_errors if getattr(e, "label", "") in meant]
        return _of_cell(errors[0]) if errors else None

    def request(self, target: list[Any], args: tuple[Any, ...], kwargs: dict[str, Any], generation: int) -> Any:
        """Use a handle. It dies with the process that it points into."""
        if self._stream is None or generation != self._generation or not self._skip(self._ahead.sent):
            raise WorkerGone("crashed", "crashed")
        self.left_arguments = (args, kwargs)
        return self._request(target, args, kwargs)

    def close(self) -> None:
        """End the process."""
        if self._stream is not None:
            self._stream.connection.end()
            self._stream = None

    def vacate(self, seats: Seats) -> None:
        """Hand the process to the next exercise if it is as it was before this one, else end it."""
        if self._stream is not None and self._is_pristine(self._stream):
            seats.give_back(self._stream.connection)
            self._stream = None
        self.close()

    def _is_pristine(self, stream: Stream) -> bool:
        nonce = os.urandom(8)
        if not self._skip(self._ahead.sent):
            return False
        try:
            deadline = time.monotonic() + 1
            stream.send(wire.pack(["unload", nonce]), deadline)
            reply, _ = stream.receive(nonce, deadline)
        except (WorkerGone, *_MALFORMED):
            return False
        return reply[0] == "ok" and reply[2] is True and stream.empty

    # --- one connection
    def _connect(self) -> None:
        if self._load_failure is not None:
            raise self._load_failure.again()
        if self._stream is not None:
            return
        if self.left <= 0:
            raise WorkerGone("not_run", "timeout")
        start = time.monotonic()
        failure = self._load()
        if failure is not None and self._before is not None:
            failure = failure.without_words()
        if self._generation > 1:  # the first time is on the house
            self._allowance.seconds -= time.monotonic() - start
        if failure is not None:
            self.close()
            self._load_failure = failure
            raise failure.again()

    def _load(self) -> WorkerGone | None:
        """Start a process and load the source into it; why that failed."""
        seconds = 2.5 * self._seconds
        cells = [list(cell) for cell in self._source.cells]
        nonce = os.urandom(8)
        allowed = 3 * seconds + (min(len(cells), _LOAD_SECONDS) if self._source.is_notebook else 0)
        try:
            frame = wire.pack(["load", nonce, self._name, self._source.is_notebook, cells, seconds, allowed])
        except wire.WireError:
            return WorkerGone("error", "unreadable_file", f"more than {wire.MAX_META >> 20} MiB of code")
        self._generation += 1
        self._kept.clear()
        self._stream = Stream(self._launcher.spawn())
        deadline = time.monotonic() + min(allowed + 5, self._budget.left)
        try:
            self._send(frame, deadline)
            reply, _ = self._receive(nonce, deadline)
            if reply[0] != "ok":
                failure = student_error(reply[2:6])
                return failure.at_load() if isinstance(failure, WorkerGone) else WorkerGone.from_load(failure)
            self._names = frozenset(n for n in reply[2] if isinstance(n, str))
            if self._before is None:
                self.cell_errors = [student_error(e, in_cell=True) for e in reply[3]]
        except WorkerGone as gone:
            return gone.at_load()
        except _MALFORMED:
            return WorkerGone("crashed", "crashed")
        return None

    def _request(self, target: list[Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if self.left <= 0:
            raise WorkerGone("not_run", "timeout")
        start = time.monotonic()
        nonce = os.urandom(8)
        callbacks: list[Callable[..., Any]] = []
        encoder = wire.Encoder(lambda value: self._hold(value, callbacks), layout=True, standing=self._kept.standing)
        try:
            arguments = [encoder.encode(list(args)), encoder.encode(kwargs)]
            frame = wire.pack(["call", nonce, target, *arguments, self._seconds], encoder)
        except wire.WireError as error:
            raise WorkerGone("error", "wrong_type", f"a test passes something that cannot travel: {error}") from None
        try:
            deadline = self._deadline()
            self._send(frame, deadline)
            for _ in range(MAX_CALLBACKS):
                reply, blob = self._receive(nonce, deadline)
                if reply[0] != "callback":
                    break
                self._send(self._call_back(callbacks, reply, blob), deadline)
            value, raised = self._result(reply, blob, (args, kwargs), lambda: encoder.mutables)
        except _MALFORMED as malformed:
            self.close()
            raise WorkerGone("error", "wrong_type", f"{malformed}") from None
        finally:
            self._allowance.seconds -= time.monotonic() - start
        if raised is not None:
            raise raised
        return value

    def _planned(self, number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """The answer to a call of the plan, which is sent with those that follow it unless it was already."""
        if self.left <= 0:
            raise WorkerGone("not_run", "timeout")
        start = time.monotonic()
        ahead = self._ahead

        def mutables() -> list[Any]:
            encoder = wire.Encoder(lambda value: [], layout=True)
            encoder.encode(list(args))
            encoder.encode(kwargs)
            return encoder.mutables

        try:
            if number >= ahead.sent:
                last = ahead.plan.window(number)
                frames = [call.frame for call in ahead.plan.calls[number:last]]
                ahead.read, ahead.sent = number, last
                self._send(frames, self._deadline())
            reply, blob = self._answer()
            value, raised = self._result(reply, blob, (args, kwargs), mutables)
        except _MALFORMED as malformed:
            self.close()
            raise WorkerGone("error", "wrong_type", f"{malformed}") from None
        finally:
            self._allowance.seconds -= time.monotonic() - start
        if raised is not None:
            raise raised
        return value

    def _skip(self, number: int) -> bool:
        """Pass over the answers that nobody asked for, up to that of call `number`; whether the process survived."""
        start = time.monotonic()
        try:
            while self._generation == 1 and self._ahead.read < number:
                if self.left - (time.monotonic() - start) <= 0:
                    raise WorkerGone("timeout", "timeout")
                self._answer()
        except (WorkerGone, *_MALFORMED):
            self.close()
            return False
        finally:
            self._allowance.seconds -= time.monotonic() - start
        return True

    def _answer(self) -> tuple[list[Any], memoryview]:
        """The next answer to what was sent ahead. Each has the time of a call, as it was made one."""
        nonce = self._ahead.plan.calls[self._ahead.read].nonce
        self._ahead.read += 1
        return self._receive(nonce, self._deadline())

    def _deadline(self) -> float:
        """When a call that begins now must have answered."""
        return time.monotonic() + min(3 * self._seconds, self.left)

    def _hold(self, value: Any, callbacks: list[Callable[..., Any]]) -> list[Any]:
        if isinstance(value, RemoteObject):
            if value._generation != self._generation:
                raise WorkerGone("crashed", "crashed")
            return [wire.HANDLE, value._number]
        if callable(value):
            callbacks.append(value)
            return [wire.CALLBACK, len(callbacks) - 1]
        raise wire.WireError(f"a {type(value).__name__}")

    def _decoder(self, blob: memoryview) -> wire.Decoder:
        return wire.Decoder(blob, self._special, judge_sent=False)

    def _special(self, meta: list[Any]) -> Any:
        if meta[0] == wire.KEPT:
            return self._kept.note(*meta[1:])
        tag, number, type_name, is_callable, is_iterator = meta
        if tag != wire.HANDLE or not isinstance(number, int) or not isinstance(type_name, str):
            raise wire.WireError("not data")
        return RemoteObject(
            self.request, self._generation, number, type_name[:100], bool(is_callable), bool(is_iterator)
        )

    def _call_back(self, callbacks: list[Callable[..., Any]], reply: list[Any], blob: memoryview) -> list[Any]:
        decoder = self._decoder(blob)
        args, kwargs = decoder.decode(reply[3]), decoder.decode(reply[4])
        encoder = wire.Encoder(lambda value: self._hold(value, callbacks), layout=True)
        try:
            value = encoder.encode(callbacks[reply[2]](*args, **kwargs))
            return wire.pack(["callback_result", reply[1], "ok", value], encoder)
        except Exception as error:  # what the test's function thinks of the student's arguments
            builtin = next(c.__name__ for c in type(error).__mro__ if c.__module__ == "builtins")
            return wire.pack(["callback_result", reply[1], "err", builtin, str(error)[:2000]])

    def _result(
        self, reply: list[Any], blob: memoryview, given: Arguments, mutables: Callable[[], list[Any]]
    ) -> tuple[Any, Exception | WorkerGone | None]:
        decoder = self._decoder(blob)
        if reply[0] == "ok":
            value = decoder.decode(reply[2])
            self._take_over(reply[3], given, mutables, decoder)
            return value, None
        if reply[0] != "err":
            raise wire.WireError("neither a result nor an error")
        self._take_over(reply[6], given, mutables, decoder)
        return None, student_error(reply[2:6])

    def _take_over(
        self, writes: Any, given: Arguments, mutables: Callable[[], list[Any]], decoder: wire.Decoder
    ) -> None:
        """Note how the call left its arguments."""
        if not writes:
            return
        targets = mutables()
        before = Contents(targets)
        try:
            write_back(writes, targets, decoder)
            self.left_arguments = clone(given, keep=self._is_shared)
        finally:
            before.restore()

    def _is_shared(self, value: Any) -> bool:
        return is_generator(value) or self._kept.standing(value) is not None

    # --- frames; whatever goes wrong with one, the process is done with
    def _send(self, frame: list[Any], deadline: float) -> None:
        try:
            self._open().send(frame, deadline)
        except WorkerGone:
            self.close()
            raise

    def _receive(self, nonce: bytes, deadline: float) -> tuple[list[Any], memoryview]:
        stream = self._open()
        before = stream.received
        try:
            answer = stream.receive(nonce, deadline)
        except WorkerGone:
            self.close()
            raise
        self._allowance.received += stream.received - before
        if self._allowance.received > MAX_RECEIVED:
            raise wire.WireError("too many bytes in all")
        return answer

    def _open(self) -> Stream:
        if self._stream is None:
            raise WorkerGone("crashed", "crashed")
        return self._stream
