"""Frames to and from one student process, each under a deadline."""

from __future__ import annotations

import socket
import time
from typing import Any

from ..sandbox.launcher import Connection, describe_end
from ..testing.failures import WorkerGone
from ..worker import wire

_CHUNK = 1 << 16
_META_WEIGHT = 16  # a byte of meta becomes about that many in Python objects


class Stream:
    """One connection's frames. Every failure is a `WorkerGone`; whoever holds the stream then ends it.

    Attributes
    ----------
    received
        What the frames so far weigh in this process's memory, in bytes.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._rpc: socket.socket = connection.rpc
        self._inbox = bytearray()
        self._at = 0
        self.received = 0

    @property
    def empty(self) -> bool:
        """Whether nothing lies here that was not asked for."""
        return self._at == len(self._inbox)

    def send(self, frame: list[Any], deadline: float) -> None:
        """Write a frame, or several in a row."""
        try:
            for chunk in wire.joined(frame):
                self._rpc.settimeout(max(0.001, deadline - time.monotonic()))
                self._rpc.sendall(chunk)
        except TimeoutError:
            raise _overrun() from None
        except OSError:
            raise self._hung_up() from None

    def receive(self, nonce: bytes, deadline: float) -> tuple[list[Any], memoryview]:
        """The next frame, which must answer the request with this nonce.

        Raises
        ------
        WireError
            It is malformed, or answers something else.
        """
        meta, blob = wire.parse_header(self._exactly(wire.HEADER.size, deadline))
        message = wire.unpack(self._exactly(meta, deadline))
        body = memoryview(self._exactly(blob, deadline))
        self.received += blob + _META_WEIGHT * meta
        if len(message) < 4 or message[1] != nonce:
            raise wire.WireError("a reply to another request")
        return message, body

    def _exactly(self, size: int, deadline: float) -> bytes:
        """The next `size` bytes. What comes with them is kept: one read mostly brings several frames."""
        while len(self._inbox) - self._at < min(size, _CHUNK):
            if self._at:
                del self._inbox[: self._at]
                self._at = 0
            self._inbox += self._read(deadline)
        here = bytes(self._inbox[self._at : self._at + size])
        self._at += len(here)
        return here if len(here) == size else self._large(here, size, deadline)

    def _large(self, begun: bytes, size: int, deadline: float) -> bytes:
        data = bytearray(size)
        data[: len(begun)] = begun
        view, got = memoryview(data), len(begun)
        while got < size:
            self._rpc.settimeout(max(0.001, deadline - time.monotonic()))
            try:
                n = self._rpc.recv_into(view[got:])
            except TimeoutError:
                raise _overrun() from None
            except OSError:
                n = 0
            if n == 0:
                raise self._hung_up()
            got += n
            if time.monotonic() > deadline and got < size:
                raise _overrun()
        return data  # type: ignore[return-value]  # a copy of 64 MB for nothing otherwise

    def _read(self, deadline: float) -> bytes:
        self._rpc.settimeout(max(0.001, deadline - time.monotonic()))
        try:
            data = self._rpc.recv(_CHUNK)
        except TimeoutError:
            raise _overrun() from None
        except OSError:
            data = b""
        if not data:
            raise self._hung_up()
        if time.monotonic() > deadline:
            raise _overrun()
        return data

    def _hung_up(self) -> WorkerGone:
        kind = describe_end(self.connection.died())
        return WorkerGone("timeout" if kind == "timeout" else "crashed", kind)


def _overrun() -> WorkerGone:
    return WorkerGone("timeout", "timeout")
