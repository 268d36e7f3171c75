"""One student's process: load the source, then answer the judge's calls until it hangs up.

Everything here may be bent by the student's code, which shares the process. That is allowed
for: it can only change what this process answers, and the judge believes no answer's shape.
"""

from __future__ import annotations

import os
import signal
from typing import Any

from . import namespace as ns
from .limits import limited
from .pristine import Pristine
from .wire import CALLBACK, HANDLE, HEADER, Decoder, Encoder, WireError, joined, pack, parse_header, rng_state, unpack

MAX_MESSAGE = 2000
_END = object()
_CHUNK = 1 << 16


class Descriptor:
    """Blocking reads and writes on a descriptor, without Python's own buffers."""

    def __init__(self, fd: int) -> None:
        self._fd = fd

    def read_into(self, view: memoryview) -> int:
        return os.readv(self._fd, [view])

    def write(self, view: memoryview) -> int:
        return os.write(self._fd, view)


class HungUp(BaseException):
    """The judge closed the connection."""


class Child:
    """The loop of one student's process on a connection (``read_into`` and ``write``)."""

    def __init__(self, connection: Any, pristine: Pristine) -> None:
        self._connection = connection
        self._pristine = pristine
        self._buffer = bytearray(_CHUNK)
        self._inbox = bytearray()
        self._at = 0
        self._held: dict[int, Any] = {}
        self._next_id = 0
        self._globals: dict[str, Any] = {}
        self._labels: set[str] = set()

    def serve(self) -> None:
        """Answer until the judge hangs up."""
        try:
            while True:
                message, blob = self._read()
                kind, nonce = message[0], message[1]
                if kind == "load":
                    self._write(pack(self._load(nonce, *message[2:])))
                elif kind == "call":
                    self._answer(nonce, message, blob)
                elif kind == "unload":
                    self._write(pack(["ok", nonce, self._unload(), []]))
        except HungUp:
            return

    # --- frames
    def _read_exactly(self, size: int) -> bytes:
        while len(self._inbox) - self._at < min(size, _CHUNK):
            if self._at:
                del self._inbox[: self._at]
                self._at = 0
            n = self._connection.read_into(memoryview(self._buffer))
            if n == 0:
                raise HungUp
            self._inbox += memoryview(self._buffer)[:n]
        here = bytes(self._inbox[self._at : self._at + size])
        self._at += len(here)
        return here if len(here) == size else self._read_large(here, size)

    def _read_large(self, begun: bytes, size: int) -> bytes:
        data = bytearray(size)
        data[: len(begun)] = begun
        view, got = memoryview(data), len(begun)
        while got < size:
            n = self._connection.read_into(view[got:])
            if n == 0:
                raise HungUp
            got += n
        return bytes(data)

    def _read(self) -> tuple[list[Any], memoryview]:
        meta, blob = parse_header(self._read_exactly(HEADER.size))
        message = unpack(self._read_exactly(meta))
        return message, memoryview(self._read_exactly(blob))

    def _write(self, frame: list[Any]) -> None:
        for chunk in joined(frame):
            view = memoryview(chunk)
            while view:
                view = view[self._connection.write(view) :]

    # --- requests
    def _load(
        self, nonce: Any, name: str, is_notebook: bool, cells: list[list[str]], seconds: float, clock: float
    ) -> list[Any]:
        self._labels = {label for label, _ in cells}
        self._globals = ns.new_namespace("__main__" if is_notebook else name)
        errors: list[Any] = []
        if is_notebook:
            errors = ns.run_cells(self._globals, cells, seconds, self._describe, clock)
        else:
            try:
                with limited(seconds, clock):
                    for label, source in cells:
                        ns.run_file(self._globals, label, source)
            except BaseException as error:
                return ["err", nonce, *self._describe(error), []]
        names = [n for n, v in list(self._globals.items()) if isinstance(n, str) and n[:1] != "_" and callable(v)]
        return ["ok", nonce, [str(n)[:200] for n in names[:2000]], errors[:20]]

    def _unload(self) -> bool:
        """Forget the student's code; whether the process is as it was before."""
        self._held.clear()
        self._globals = {}
        self._pristine.forget_modules()
        return self._pristine.holds()

    def _answer(self, nonce: Any, message: list[Any], blob: memoryview) -> None:
        _, _, target, args, kwargs, seconds = message
        decoder = Decoder(blob, lambda meta: self._special(meta, nonce), judge_sent=True)
        args, kwargs = decoder.decode(args), decoder.decode(kwargs)
        before = [_shallow(m) for m in decoder.mutables]
        encoder = Encoder(self._hold)
        _timer(seconds)
        try:
            value = encoder.encode(self._invoke(target, args, kwargs))
            frame = pack(["ok", nonce, value, self._writes(decoder, before, encoder)], encoder)
        except HungUp:
            raise
        except BaseException as error:
            description = self._describe(error)
            del error
            encoder = Encoder(self._hold)
            try:
                frame = pack(["err", nonce, *description, self._writes(decoder, before, encoder)], encoder)
            except BaseException:
                frame = pack(["err", nonce, *description, []])
        _timer(0)
        self._write(frame)

    def _invoke(self, target: list[Any], args: Any, kwargs: Any) -> Any:
        kind = target[0]
        if kind == "function":
            return self._globals[target[1]](*args, **kwargs)
        held = self._held[target[1]]
        if kind == "handle":
            return held(*args, **kwargs)
        if kind == "method":
            return getattr(held, target[2])(*args, **kwargs)
        if kind == "iter":
            return iter(held)
        if kind == "next":  # a list with the next item, empty at the end
            return [item for item in (next(held, _END),) if item is not _END]
        if kind == "len":
            return len(held)
        raise WireError(f"unknown target {kind!r}")

    def _writes(self, decoder: Decoder, before: list[Any], encoder: Encoder) -> list[Any]:
        out = []
        for index, (value, old) in enumerate(zip(decoder.mutables, before, strict=True)):
            if isinstance(old, _ArrayState):
                if old.changed(value):
                    out.append([index, encoder.encode(value)])
            elif isinstance(old, dict) and not isinstance(value, (dict, list)):
                state = rng_state(value)
                if state != old:
                    out.append([index, encoder.encode(state)])
            elif _reshuffled(value, old):
                out.append([index, encoder.encode(value)])
        return out

    # --- what is not data
    def _hold(self, value: Any) -> list[Any]:
        self._next_id += 1
        self._held[self._next_id] = value
        kind = type(value)
        name = getattr(kind, "__name__", "object")
        iterator = hasattr(kind, "__next__") or hasattr(kind, "__iter__")
        if hasattr(kind, "dtype"):  # of the class: an object may answer any name
            name = f"array of {value.dtype}"
        return [HANDLE, self._next_id, str(name)[:100], callable(value), bool(iterator)]

    def _special(self, meta: list[Any], nonce: Any) -> Any:
        if meta[0] == HANDLE:
            return self._held[meta[1]]
        if meta[0] == CALLBACK:
            return self._callback(meta[1], nonce)
        raise WireError("unknown tag")

    def _callback(self, number: int, nonce: Any) -> Any:
        def callback(*args: Any, **kwargs: Any) -> Any:
            encoder = Encoder(self._hold)
            message = ["callback", nonce, number, encoder.encode(list(args)), encoder.encode(kwargs)]
            self._write(pack(message, encoder))
            message, blob = self._read()
            if message[2] != "ok":
                raise _exception(message[3], message[4])
            return Decoder(blob, lambda meta: self._special(meta, nonce), judge_sent=True).decode(message[3])

        return callback

    def _describe(self, error: BaseException) -> list[Any]:
        """``[type names, message, line, label]`` of an exception, whatever its methods do."""
        names = [str(c.__name__)[:100] for c in type(error).__mro__][:12]
        try:
            message = str(error)[:MAX_MESSAGE]
        except BaseException:
            message = ""
        label, line = "", 0
        if isinstance(error, SyntaxError) and error.filename in self._labels:
            label, line, message = str(error.filename), error.lineno or 0, str(error.msg)[:MAX_MESSAGE]
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename in self._labels:
                label, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
            trace = trace.tb_next
        return [names, message.encode("utf-8", "replace").decode(), int(line), label]


class _ArrayState:
    """What an array was when it arrived."""

    __slots__ = ("contents", "form")

    def __init__(self, array: Any) -> None:
        self.form = (array.shape, array.dtype, array.strides)
        self.contents = array.tobytes()

    def changed(self, array: Any) -> bool:
        form = (array.shape, array.dtype, array.strides)
        return bool(form != self.form or array.tobytes() != self.contents)


def _shallow(value: Any) -> Any:
    if isinstance(value, list):
        return list(value)
    if isinstance(value, dict):
        return dict(value)
    if hasattr(value, "bit_generator"):
        return rng_state(value)
    return _ArrayState(value)


def _reshuffled(value: Any, old: Any) -> bool:
    if len(value) != len(old):
        return True
    if isinstance(value, dict):
        return list(value) != list(old) or any(value[k] is not old[k] for k in old)
    return any(a is not b for a, b in zip(value, old, strict=True))


def _exception(name: str, message: str) -> Exception:
    import builtins

    kind = getattr(builtins, name, RuntimeError)
    if isinstance(kind, type) and issubclass(kind, Exception):
        try:
            return kind(message)
        except TypeError:
            pass
    return RuntimeError(message)


def _timer(seconds: float) -> None:
    """CPU time for what follows; SIGPROF's default action ends the process."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)
