"""The process from which every student process is forked: NumPy imported, nothing of a student seen.

Theory of operation
-------------------
The judge starts it once, inside the sandbox, with one SEQPACKET socket. The first packet is
the configuration (JSON); the answer says what is in force. Every further packet is ``fork``
with two descriptors: the connection for the new child, and a *status* socket that stays here.
The child locks itself down and serves its connection. When it ends, its wait status goes out
on the status socket; when the other end of that socket is closed, or says anything, the child
is killed. So a judge that dies takes its children with it, and nobody needs to know a pid.

A forked child can have no descendants (seccomp), hence killing one pid is complete.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import struct
import sys
from base64 import b64decode
from typing import Any

from .lockdown import RPC_FD

MAX_CONFIG = 1 << 17


def drop_root(uid: int) -> None:
    """Become an unprivileged user for good."""
    if os.getuid() == 0 and uid:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)


class Zygote:
    """Fork on request, reap, and report."""

    def __init__(self, control: socket.socket, lockdown: Any, pristine: Any) -> None:
        self._control = control
        self._pristine = pristine
        self._lockdown = lockdown
        self._poll = select.poll()
        self._poll.register(control.fileno(), select.POLLIN)
        self._by_status: dict[int, tuple[int, int]] = {}
        self._by_pidfd: dict[int, tuple[int, int]] = {}

    def run(self) -> None:
        """Serve until the judge is gone."""
        while True:
            for fd, _ in self._poll.poll():
                if fd == self._control.fileno():
                    if not self._accept():
                        return
                elif fd in self._by_status:
                    self._kill(fd)
                elif fd in self._by_pidfd:
                    self._reap(fd)

    def _accept(self) -> bool:
        data, fds, _, _ = socket.recv_fds(self._control, 64, 2)
        if not data:
            return False
        if len(fds) == 2:
            self._fork(*fds)
        else:
            for fd in fds:
                os.close(fd)
        return True

    def _fork(self, rpc: int, status: int) -> None:
        try:
            pid = os.fork()
        except OSError:
            os.close(rpc)
            os.close(status)
            return
        if pid == 0:
            code = 70
            try:
                from .child import Child, Descriptor

                self._lockdown.enter(rpc)
                Child(Descriptor(RPC_FD), self._pristine).serve()
                code = 0
            except BaseException:
                code = 71
            finally:
                os._exit(code)
        os.close(rpc)
        pidfd = os.pidfd_open(pid)
        self._by_status[status] = self._by_pidfd[pidfd] = (pid, status)
        self._poll.register(pidfd, select.POLLIN)
        self._poll.register(status, select.POLLIN)

    def _kill(self, status: int) -> None:
        pid, _ = self._by_status[status]
        self._poll.unregister(status)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def _reap(self, pidfd: int) -> None:
        pid, status = self._by_pidfd.pop(pidfd)
        _, code = os.waitpid(pid, 0)
        self._poll.unregister(pidfd)
        os.close(pidfd)
        with contextlib.suppress(KeyError):
            self._poll.unregister(status)
        del self._by_status[status]
        with contextlib.suppress(OSError):
            os.write(status, struct.pack("=i", code))
        os.close(status)


def main(fd: int) -> None:
    """Entry point of the zygote's process."""
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=fd)
    config = json.loads(control.recv(MAX_CONFIG))
    from . import child, lockdown, namespace, pristine, warm

    warm.warm_up()

    drop_root(config["uid"])
    lockdown.no_new_privileges()
    namespace.prepare()
    record = pristine.Pristine()
    readable = [p for p in config["readable"] if os.path.exists(p)]
    locked = lockdown.Lockdown(readable, config["memory"], b64decode(config["seccomp"]), config["landlock"])
    null = os.open("/dev/null", os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    # On number 1, which every student's process keeps. Number 3 becomes the judge's connection there, and a
    # stream on it would write what a student prints into that; `null` stays open so that 3 is taken until then.
    sys.stdin = sys.stdout = sys.stderr = open(1, "r+", closefd=False)  # noqa: SIM115
    del child
    gc.collect()
    gc.freeze()
    control.send(json.dumps({"ready": True, "uid": os.getuid(), "landlock_abi": lockdown.landlock_abi()}).encode())
    Zygote(control, locked, record).run()
