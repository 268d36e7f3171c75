"""The child's way into the sandbox: a few system calls by ctypes, in an order that matters.

Each step takes away what a later one no longer needs: die with the zygote, move the
connection to descriptor 3, Landlock (files, TCP, signals), close every other descriptor,
resource limits, not dumpable, seccomp last. No step can be undone by the code that follows.
"""

from __future__ import annotations

import ctypes
import fcntl
import mmap
import os
import resource
import signal
import struct
from typing import Any

RPC_FD = 3
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
_SECCOMP_MODE_FILTER = 2
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_FS_READ_FILE, _FS_WRITE_FILE, _FS_READ_DIR = 1 << 2, 1 << 1, 1 << 3
_FS_ALL_BY_ABI = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
_NET_BIND, _NET_CONNECT = 1, 2
_SCOPE_ABSTRACT_SOCKET, _SCOPE_SIGNAL = 1, 2

try:
    _libc: Any = ctypes.CDLL(None, use_errno=True)
    _syscall = _libc.syscall
    _syscall.restype = ctypes.c_long
except (OSError, TypeError, AttributeError):  # Windows has no libc of that name
    _libc = None


def _prctl(option: int, *values: int) -> None:
    padded = [ctypes.c_ulong(v) for v in (*values, 0, 0, 0, 0)[:4]]
    if _libc.prctl(option, *padded) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def die_with_parent() -> None:
    """Be killed when the thread that forked this process ends."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def no_new_privileges() -> None:
    """No setuid program can help from now on; Landlock and seccomp require it."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def landlock_abi() -> int:
    """The kernel's Landlock version, 0 where there is none."""
    if _libc is None:
        return 0
    return max(0, int(_syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(1))))


def landlock_ruleset(readable: list[str]) -> int:
    """A descriptor of a rule set: read below `readable`, write only to /dev/null, no TCP, no signals out.

    Raises
    ------
    OSError
        The kernel has no Landlock.
    """
    abi = landlock_abi()
    handled = _FS_ALL_BY_ABI.get(abi, (1 << 16) - 1)
    attributes = struct.pack(
        "=QQQ",
        handled,
        _NET_BIND | _NET_CONNECT if abi >= 4 else 0,
        _SCOPE_ABSTRACT_SOCKET | _SCOPE_SIGNAL if abi >= 6 else 0,
    )
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    ruleset = int(_syscall(_LANDLOCK_CREATE, attributes, ctypes.c_size_t(size), ctypes.c_uint32(0)))
    if ruleset < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    rules = [(path, _FS_READ_FILE | _FS_READ_DIR) for path in readable]
    rules += [("/dev/null", _FS_READ_FILE | _FS_WRITE_FILE), ("/dev/urandom", _FS_READ_FILE)]
    for path, access in rules:
        try:
            fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        if not os.path.isdir(path):
            access &= ~_FS_READ_DIR
        rule = struct.pack("=Qi", access, fd)
        failed = _syscall(_LANDLOCK_ADD, ctypes.c_int(ruleset), ctypes.c_int(1), rule, ctypes.c_uint32(0)) != 0
        os.close(fd)
        if failed:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
    return ruleset


def address_space() -> int:
    """Bytes of address space in use, found without /proc: the least RLIMIT_AS under which a page fits."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    low, high = 0, 1 << 46 if hard == resource.RLIM_INFINITY else hard
    while high - low > 1 << 16:
        middle = (low + high) // 2
        resource.setrlimit(resource.RLIMIT_AS, (middle, hard))
        try:
            mmap.mmap(-1, mmap.PAGESIZE).close()
            high = middle
        except (OSError, MemoryError):
            low = middle
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    return high


def limit_address_space(limit: int) -> None:
    """What goes beyond `limit` bytes is a MemoryError from now on."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _move_up(fd: int) -> int:
    """The same file on a descriptor that the connection won't need."""
    moved = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 16)
    os.close(fd)
    return moved


def _open_standard_streams() -> None:
    """A /dev/null of one's own: flags that ``fcntl`` sets belong to an open file, which forked processes share."""
    null = os.open("/dev/null", os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.close(null)


class Lockdown:
    """Everything that can be prepared before the fork.

    Parameters
    ----------
    readable
        Paths that Landlock leaves readable.
    memory
        Bytes of address space that a child may add to the zygote's own.
    seccomp
        A compiled BPF program, or empty.
    landlock
        Whether to use Landlock.
    """

    def __init__(self, readable: list[str], memory: int, seccomp: bytes, landlock: bool) -> None:
        self._zygote = os.getpid()
        self._ruleset = _move_up(landlock_ruleset(readable)) if landlock else -1
        self._limits = [
            (resource.RLIMIT_AS, address_space() + memory),
            (resource.RLIMIT_CPU, 120),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_NOFILE, 32),
            (resource.RLIMIT_NPROC, 0) if os.getuid() != 0 else (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_STACK, 64 << 20),
        ]
        self._filter = ctypes.create_string_buffer(seccomp, len(seccomp)) if seccomp else None
        self._program = (
            struct.pack("=HxxxxxxQ", len(seccomp) // 8, ctypes.addressof(self._filter)) if self._filter else b""
        )

    def enter(self, rpc: int) -> None:
        """Lock this process down; afterwards only descriptor 3 leads out of it."""
        die_with_parent()
        if os.getppid() != self._zygote:
            os._exit(0)
        os.setsid()
        _open_standard_streams()
        os.dup2(rpc, RPC_FD, inheritable=False)
        ruleset = self._ruleset
        if ruleset >= 0 and _syscall(_LANDLOCK_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint32(0)) != 0:
            raise OSError(ctypes.get_errno(), "landlock_restrict_self")
        os.closerange(RPC_FD + 1, 1024)
        for which, value in self._limits:
            resource.setrlimit(which, (value, value))
        _prctl(_PR_SET_DUMPABLE, 0)
        if self._program:
            program = ctypes.create_string_buffer(self._program, len(self._program))
            _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(program))
