"""Ask a student's process several things at once: a switch between two processes costs more than most calls.

Theory of operation
-------------------
All submissions of a grading get the same inputs, so most of the calls a suite makes are known
beforehand. `look_ahead` finds them: it runs each test on the reference, and again on a version
whose results are garbled, with every expectation waved through. The calls that both runs begin
with do not depend on what a student returns; they are *planned*, as ready-made frames. The
reference's own results are garbled in that run as well: a call that is given what is expected of
an earlier one must not wait beside it, where the student's process could read it.

A judge then sends the planned calls of the coming tests in one go. The process answers them one
by one, each under its own CPU limit, as it would have done anyway; the judge reads an answer
when its test asks for it. A test that asks for anything else (it failed early, or depends on
the student's values) leaves its remaining answers unread, and they are skipped. So every test
sees what it would have seen. Only the order of calls in the student's process may differ, by
calls that a failed test no longer needed.

After a crash or a time-out nothing is sent ahead any more. A window of calls is sent only when
the process has nothing left to answer, and fits the socket: neither side ever waits to write.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..testing.bench import Arguments, Bench, Call
from ..testing.copies import clone, is_generator, same_values
from ..worker import wire

WINDOW = 1 << 16  # bytes; a socket holds three times as much


@dataclass(frozen=True)
class Planned:
    """A call that a test makes whatever the student returns."""

    name: str
    given: tuple[Any, ...]
    nonce: bytes
    frame: bytes


@dataclass(frozen=True)
class Plan:
    """The planned calls of one exercise, in the order of its tests.

    Attributes
    ----------
    spans
        For each test the numbers of its first planned call, and of the one after its last.
    breaks
        Numbers of calls before which the process must be waited for: there a test goes on
        with calls that are not planned.
    """

    calls: tuple[Planned, ...] = ()
    spans: Mapping[str, tuple[int, int]] | None = None
    breaks: frozenset[int] = frozenset()

    def window(self, first: int) -> int:
        """The number after the last call that may be sent together with call `first`."""
        size, last = 0, first
        while last < len(self.calls):
            size += len(self.calls[last].frame)
            if last > first and (size > WINDOW or last in self.breaks):
                break
            last += 1
        return last


class Ahead:
    """How far one student's process is with a `Plan`."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.sent = 0
        self.read = 0
        self._next, self._end = 0, 0

    def begin(self, test: str) -> None:
        """A test begins."""
        self._next, self._end = (self.plan.spans or {}).get(test, (0, 0))

    def planned(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> int | None:
        """The number of this call in the plan; None where it is not the one that was expected."""
        number = self._next
        if number >= self._end:
            return None
        call = self.plan.calls[number]
        if call.name != name or not same_values((args, kwargs), call.given):
            self._end = 0
            return None
        self._next += 1
        return number


def look_ahead(
    run: Callable[[str, Bench], object],
    bench: Callable[[Any, str], Bench],
    tests: Sequence[str],
    module: Any,
    seconds: float,
) -> Plan:
    """Find the planned calls of an exercise.

    Parameters
    ----------
    run
        ``run(test, bench)`` runs a test.
    bench
        ``bench(student, test)`` makes the bench of a grading.
    module
        The reference.
    seconds
        CPU limit of a call.
    """
    calls: list[Planned] = []
    spans: dict[str, tuple[int, int]] = {}
    breaks: set[int] = set()
    for test in tests:
        recorders = [_Recorder(module, garbles, seconds) for garbles in (False, True)]
        for recorder in recorders:
            made = bench(recorder, test)
            made.judges = False
            if recorder.garbles and made.reference is not None:
                made.reference = _Garbled(made.reference)
            run(test, made)
        honest, garbled = (recorder.calls for recorder in recorders)
        first = len(calls)
        calls += _common(honest, garbled)
        spans[test] = (first, len(calls))
        if len(calls) - first < max(len(honest), len(garbled)):
            breaks.add(len(calls))
    return Plan(tuple(calls), spans, frozenset(breaks))


class _Recorder:
    """The reference, which keeps what it was asked: None for a call that cannot be sent ahead."""

    def __init__(self, module: Any, garbles: bool, seconds: float) -> None:
        self._module = module
        self.garbles = garbles
        self._seconds = seconds
        self.last_call: Call | None = None
        self.left_arguments: Arguments = ((), {})
        self.calls: list[Planned | None] = []

    def __getattr__(self, name: str) -> Any:
        function = getattr(self._module, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            self.calls.append(_planned(name, args, kwargs, self._seconds))
            self.left_arguments = given = clone((args, kwargs), keep=is_generator)
            result = function(*given[0], **given[1])
            return _garbled(result) if self.garbles else result

        return call


class _Garbled:
    """A module with other results."""

    def __init__(self, module: Any) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._module, name)
        if not callable(value) or isinstance(value, type):
            return value
        return lambda *args, **kwargs: _garbled(value(*args, **kwargs))


def _planned(name: str, args: tuple[Any, ...], kwargs: dict[str, Any], seconds: float) -> Planned | None:
    nonce = os.urandom(8)
    encoder = wire.Encoder(_not_data, layout=True)
    try:
        message = ["call", nonce, ["function", name], encoder.encode(list(args)), encoder.encode(kwargs), seconds]
        frame = b"".join(wire.pack(message, encoder))
    except wire.WireError:
        return None
    return Planned(name, clone((args, kwargs)), nonce, frame)


def _common(honest: Sequence[Planned | None], garbled: Sequence[Planned | None]) -> list[Planned]:
    """What both runs begin with."""
    found: list[Planned] = []
    for one, other in zip(honest, garbled, strict=False):
        if one is None or other is None or one.name != other.name or not same_values(one.given, other.given):
            break
        found.append(one)
    return found


def _not_data(value: Any) -> list[Any]:
    raise wire.WireError(f"a {type(value).__name__}")


def _garbled(value: Any) -> Any:
    """Something like `value` with other numbers in it."""
    if isinstance(value, (np.ndarray, np.generic, int, float)):
        array = np.asarray(value)
        return array + 1.5 * np.abs(array) + 1 if array.dtype.kind in "iufc" else ~array
    if type(value) in (tuple, list):
        return type(value)(map(_garbled, value))
    if type(value) is dict:
        return {key: _garbled(item) for key, item in value.items()}
    return value
