"""The command line of bubblewrap: which files the zygote sees, and which namespaces it has.

As an ordinary user bubblewrap makes a user namespace. As root it does not: the mounts are
made by root, and the zygote then drops to an unprivileged uid for good (a uid mapped inside
a namespace of root's would still be root to the file system).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from functools import cache
from pathlib import Path

WORKER_MOUNT = "/worker"


def runtime_paths() -> list[str]:
    """The folders of the running Python: interpreter, standard library, site-packages, shared libraries.

    Never a whole prefix, in which a course may lie (a virtual environment made in the course's
    own folder, or ``/usr`` with ``/usr/src``).
    """
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix, str(Path(sys.executable).resolve().parent.parent)}
    paths = [f"{prefix}/{part}" for prefix in prefixes for part in ("bin", "lib", "lib64", "pyvenv.cfg")]
    paths += [sysconfig.get_paths()[k] for k in ("stdlib", "purelib", "platlib")]
    paths += ["/usr/lib", "/usr/lib64", "/usr/share/zoneinfo", "/lib", "/lib64", "/etc/ld.so.cache"]
    paths += [str(Path(sys.executable).parent)]
    kept: list[str] = []
    for path in sorted({os.path.normpath(p) for p in paths if os.path.exists(p)}, key=len):
        if path in ("/", "/home", "/root"):
            continue
        if not any(path == k or path.startswith(k + "/") for k in kept):
            kept.append(path)
    return kept


def command(inner: list[str], worker_dir: Path) -> list[str]:
    """``bwrap ... -- inner`` with the worker package at `WORKER_MOUNT`."""
    root = os.getuid() == 0
    binds = [(path, path) for path in runtime_paths()] + [(str(worker_dir), WORKER_MOUNT)]
    out = ["bwrap", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    if root:
        out += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        out += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    else:
        out += ["--unshare-user", "--unshare-all", "--disable-userns"]
    folders = {str(p) for _, target in [*binds, ("", "/dev/null")] for p in list(Path(target).parents)[:-1]}
    for folder in sorted(folders, key=len):  # bwrap makes missing parents readable by nobody but their owner
        if not any(folder == t or folder.startswith(t + "/") for _, t in binds):
            out += ["--perms", "0755", "--dir", folder]
    for source, target in binds:
        if os.path.islink(source) and source.count("/") == 1:  # /lib -> usr/lib
            out += ["--symlink", os.readlink(source), target]
        else:
            out += ["--ro-bind", source, target]
    for device in ("/dev/null", "/dev/urandom"):
        out += ["--dev-bind", device, device]
    out += ["--remount-ro", "/", "--chdir", "/", "--clearenv"]
    for name, value in environment().items():
        out += ["--setenv", name, value]
    return [*out, "--", *inner]


def environment() -> dict[str, str]:
    """The zygote's environment: one BLAS thread, a fixed hash seed per run, nothing of ours."""
    return one_thread() | {
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
        "PATH": "/usr/bin",
    }


def one_thread() -> dict[str, str]:
    """One BLAS thread a process: there are as many processes as processors, and threads need address space."""
    return dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def exposed(folder: Path) -> bool:
    """Whether a folder lies where the sandbox may read."""
    return any(folder.resolve().is_relative_to(Path(path).resolve()) for path in runtime_paths())


@cache
def available() -> bool:
    """Whether bubblewrap works here: it may be missing, or forbidden (AppArmor on Ubuntu 24.04)."""
    if sys.platform != "linux" or shutil.which("bwrap") is None:
        return False
    probe = command([sys.executable, "-I", "-c", "pass"], Path(__file__).parent)
    try:
        return subprocess.run(probe, capture_output=True, timeout=20).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
