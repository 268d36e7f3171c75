"""The system calls that a student's process may make, compiled once to BPF.

An allow-list: everything else fails with EPERM. No process can be made (clone only with
CLONE_THREAD; clone3 says ENOSYS so that the C library falls back to clone), no program run,
nobody signalled (neither by ``kill`` nor by naming somebody the owner of a descriptor, whom the
kernel then signals), no socket opened, no attribute of a file changed.
"""

from __future__ import annotations

import errno
import tempfile

_CLONE_THREAD = 0x00010000
_F_DUPFD, _F_GETFD, _F_SETFD, _F_GETFL, _F_SETFL, _F_DUPFD_CLOEXEC = 0, 1, 2, 3, 4, 1030
_TCGETS, _TIOCGWINSZ, _FIONREAD, _FIOCLEX, _FIONCLEX = 0x5401, 0x5413, 0x541B, 0x5451, 0x5450

ALLOWED = [
    "read",
    "readv",
    "write",
    "writev",
    "pread64",
    "close",
    "close_range",
    "lseek",
    "fstat",
    "newfstatat",
    "stat",
    "lstat",
    "statx",
    "access",
    "faccessat",
    "faccessat2",
    "open",
    "openat",
    "readlink",
    "readlinkat",
    "getdents64",
    "getcwd",
    "dup",
    "dup2",
    "mmap",
    "mprotect",
    "munmap",
    "mremap",
    "madvise",
    "brk",
    "membarrier",
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "sigaltstack",
    "restart_syscall",
    "futex",
    "set_robust_list",
    "get_robust_list",
    "rseq",
    "sched_yield",
    "sched_getaffinity",
    "set_tid_address",
    "arch_prctl",
    "nanosleep",
    "clock_nanosleep",
    "clock_gettime",
    "clock_getres",
    "gettimeofday",
    "time",
    "times",
    "getitimer",
    "setitimer",
    "getpid",
    "gettid",
    "getppid",
    "getuid",
    "geteuid",
    "getgid",
    "getegid",
    "getpgrp",
    "getsid",
    "getrusage",
    "getrlimit",
    "uname",
    "sysinfo",
    "getcpu",
    "poll",
    "ppoll",
    "select",
    "pselect6",
    "getrandom",
    "exit",
    "exit_group",
]
_FCNTL = [_F_DUPFD, _F_GETFD, _F_SETFD, _F_GETFL, _F_SETFL, _F_DUPFD_CLOEXEC]
_IOCTL = [_TCGETS, _TIOCGWINSZ, _FIONREAD, _FIOCLEX, _FIONCLEX]


def available() -> bool:
    """Whether libseccomp and its binding are here."""
    try:
        import pyseccomp
    except Exception:  # missing, or no libseccomp for it to load
        return False
    return pyseccomp is not None


def compile_filter() -> bytes:
    """The BPF program for this machine's architecture."""
    import pyseccomp as seccomp

    rules = seccomp.SyscallFilter(seccomp.ERRNO(errno.EPERM))
    for name in ALLOWED:
        try:
            rules.add_rule(seccomp.ALLOW, name)
        except (OSError, ValueError, RuntimeError):
            continue  # this architecture has no such call (aarch64 has no open, stat, ...)
    rules.add_rule(seccomp.ALLOW, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, _CLONE_THREAD, _CLONE_THREAD))
    rules.add_rule(seccomp.ALLOW, "prlimit64", seccomp.Arg(2, seccomp.EQ, 0))
    for name, requests in (("fcntl", _FCNTL), ("ioctl", _IOCTL)):
        for request in requests:
            rules.add_rule(seccomp.ALLOW, name, seccomp.Arg(1, seccomp.MASKED_EQ, 0xFFFFFFFF, request))
    rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()
