"""A student's process where there is no fork to inherit from: connect back and serve."""

from __future__ import annotations

import os
import socket
import sys

UNPRIVILEGED_UID = 64999  # as in sandbox/levels.py, which this process cannot import


def main(port: int) -> None:
    """Connect to the judge, prove who we are with the token on stdin, and serve."""
    from . import namespace
    from .child import Child
    from .pristine import Pristine
    from .warm import warm_up

    token = sys.stdin.buffer.read(16)
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(token)
    namespace.prepare()
    warm_up()
    drop_root()
    sys.stdin = sys.stdout = sys.stderr = open(os.devnull, "r+")  # noqa: SIM115
    Child(SocketFile(connection), Pristine()).serve()


def drop_root() -> None:
    """Become nobody where the judge runs as root, as in a container without any other protection."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.setgroups([])
        os.setgid(UNPRIVILEGED_UID)
        os.setuid(UNPRIVILEGED_UID)  # for good: as root it sets the saved id, too


class SocketFile:
    """What `Child` needs of a descriptor, for a socket that isn't one on Windows."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection

    def read_into(self, view: memoryview) -> int:
        return self.connection.recv_into(view)

    def write(self, view: memoryview) -> int:
        return self.connection.send(view)
