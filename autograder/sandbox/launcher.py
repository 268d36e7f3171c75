"""Start student processes: `ZygoteLauncher` on Linux, `SpawnLauncher` anywhere.

Both give a `Connection`: a stream socket to the new process, a way to kill it, and how it
ended. The first forks from a warm zygote in the sandbox (3 ms); the second starts a Python
each time (100 ms and more), with deadlines and nothing else.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import struct
import subprocess
import sys
import time
from base64 import b64encode
from pathlib import Path
from typing import Any, Protocol

from ..errors import GraderError
from . import bubblewrap
from .levels import UNPRIVILEGED_UID, Protections

WORKER_DIR = Path(__file__).resolve().parent.parent / "worker"
START_SECONDS = 60

# Loads the worker folder as a package of its own, so that nothing beside it is importable.
_BOOT = """
import importlib.util, sys
folder, *rest = sys.argv[1:]
sys.path.extend(p for p in rest[1:] if p not in sys.path)
spec = importlib.util.spec_from_file_location("_worker", folder + "/__init__.py", submodule_search_locations=[folder])
sys.modules["_worker"] = module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
from _worker.{entry} import main
main({argument})
"""


class Connection:
    """One student process.

    Attributes
    ----------
    rpc
        The stream socket on which frames travel.
    """

    def __init__(self, rpc: socket.socket, status: socket.socket | subprocess.Popen[bytes]) -> None:
        self.rpc = rpc
        self._status = status

    def end(self, timeout: float = 2.0) -> int | None:
        """Kill the process if it still runs; its wait status, or None where unknown."""
        self.rpc.close()
        if isinstance(self._status, subprocess.Popen):
            self._status.kill()
            return self._status.wait(timeout)
        self._status.close()
        return None

    def died(self, timeout: float = 1.0) -> int | None:
        """The wait status of a process that has hung up by itself; None if it still runs.

        Raises
        ------
        GraderError
            Nobody is there any more to say how it ended: the sandbox broke, not the student's code.
        """
        if isinstance(self._status, subprocess.Popen):
            try:
                code = self._status.wait(timeout)
            except subprocess.TimeoutExpired:
                return None
            return -code if code < 0 else code << 8
        self._status.settimeout(timeout)
        try:
            data = self._status.recv(4)
        except TimeoutError:
            return None
        except OSError:
            data = b""
        if len(data) < 4:
            raise GraderError("The sandbox ended while a submission was in it.")
        return int(struct.unpack("=i", data)[0])


class Launcher(Protocol):
    """What the judge needs to get student processes."""

    def spawn(self) -> Connection:
        """A new student process, ready for its source."""
        ...

    def alive(self) -> bool:
        """Whether it still can spawn."""
        ...

    def close(self) -> None:
        """End everything that was started."""
        ...


def site_paths() -> list[str]:
    """The folders where this Python finds installed packages."""
    return [p for p in sys.path if p.rstrip("/\\").endswith(("site-packages", "dist-packages"))]


class ZygoteLauncher:
    """Fork each student process from one zygote.

    Start it from the main thread: a sandbox dies with the *thread* that made it.

    Raises
    ------
    GraderError
        The sandbox or the zygote does not start; the message has its own words.
    """

    def __init__(self, protections: Protections, memory: int) -> None:
        from . import seccomp

        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        worker = bubblewrap.WORKER_MOUNT if protections.namespaces else str(WORKER_DIR)
        boot = _BOOT.format(entry="zygote", argument="int(rest[0])")
        inner = [sys.executable, "-I", "-c", boot, worker, str(theirs.fileno()), *site_paths()]
        argv = bubblewrap.command(inner, WORKER_DIR) if protections.namespaces else inner
        self._process = subprocess.Popen(
            argv,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=None if protections.namespaces else bubblewrap.environment(),
            cwd="/",  # a path relative to the course's folder leads nowhere
        )
        theirs.close()
        config = {
            "uid": UNPRIVILEGED_UID,
            "memory": memory,
            "readable": [*bubblewrap.runtime_paths(), worker],
            "seccomp": b64encode(seccomp.compile_filter() if protections.system_calls else b"").decode(),
            "landlock": protections.filesystem,
        }
        self._control = ours
        ours.settimeout(START_SECONDS)
        try:
            ours.send(json.dumps(config).encode())
            self.facts: dict[str, Any] = json.loads(ours.recv(1 << 12) or b"{}")
        except (OSError, ValueError):
            self.facts = {}
        if not self.facts.get("ready"):
            self._process.kill()
            _, errors = self._process.communicate()
            raise GraderError("The sandbox did not start: " + errors.decode("utf-8", "replace")[-2000:])
        ours.settimeout(None)

    def spawn(self) -> Connection:
        rpc, rpc_child = socket.socketpair()
        status, status_child = socket.socketpair()
        try:
            socket.send_fds(self._control, [b"fork"], [rpc_child.fileno(), status_child.fileno()])
        except OSError as error:
            raise GraderError(f"The sandbox is gone: {error}") from None
        finally:
            rpc_child.close()
            status_child.close()
        return Connection(rpc, status)

    def alive(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        self._control.close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


# What Windows and an interpreter in an unusual place need to start; nothing else, such as a token.
_NEEDED = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "TEMP", "TMP", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


class SpawnLauncher:
    """Start a Python for each student process, connected by loopback TCP (no fork needed)."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=8)

    def spawn(self) -> Connection:
        token = secrets.token_bytes(16)
        boot = _BOOT.format(entry="spawned", argument="int(rest[0])")
        port = self._listener.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", boot, str(WORKER_DIR), str(port), *site_paths()],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=bubblewrap.environment() | {name: os.environ[name] for name in _NEEDED if name in os.environ},
        )
        assert process.stdin is not None
        process.stdin.write(token)
        process.stdin.close()
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and process.poll() is None:
            self._listener.settimeout(1)
            try:
                rpc, _ = self._listener.accept()
            except TimeoutError:
                continue
            rpc.settimeout(5)
            if rpc.recv(16, socket.MSG_WAITALL) == token:
                rpc.settimeout(None)
                return Connection(rpc, process)
            rpc.close()
        process.kill()
        raise GraderError("The worker process did not start.")

    def alive(self) -> bool:
        return True

    def close(self) -> None:
        self._listener.close()


def launch(protections: Protections, memory: int) -> Launcher:
    """The launcher that fits the protections."""
    if protections.level == "C":
        return SpawnLauncher()
    return ZygoteLauncher(protections, memory)


def describe_end(status: int | None) -> str:
    """``timeout`` for the CPU timer's signal, ``memory`` where the kernel killed it, else ``crashed``."""
    if status is None:
        return "crashed"
    ended_by = status & 0x7F
    if ended_by in (getattr(signal, "SIGPROF", -1), getattr(signal, "SIGXCPU", -1)):
        return "timeout"
    return "crashed"
