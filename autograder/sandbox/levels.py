"""Which protections this machine offers, and the level that they add up to.

A: bubblewrap, Landlock and seccomp. B: no bubblewrap; other files can be seen to exist but not
read, and there is no network namespace. C: none (macOS, Windows); a separate process with
deadlines, and a loud warning.
"""

from __future__ import annotations

import os
import sys
from dataclasses import asdict, dataclass

from ..errors import GraderError
from ..i18n import Text

UNPRIVILEGED_UID = 64999
NAMES = {
    "namespaces": Text("namespaces", "名前空間"),
    "network": Text("network", "ネットワーク"),
    "filesystem": Text("file system", "ファイルシステム"),
    "system_calls": Text("system calls", "システムコール"),
    "memory": Text("memory", "メモリ"),
    "processes": Text("processes", "プロセス数"),
    "unprivileged": Text("no privileges", "一般ユーザー権限"),
    "deadlines": Text("deadlines", "制限時間"),
}
"""What people call each protection of `Protections`."""


@dataclass(frozen=True)
class Protections:
    """What is in force. Printed, stored with each grade, and shown in every report."""

    namespaces: bool
    network: bool
    filesystem: bool
    system_calls: bool
    memory: bool
    processes: bool
    unprivileged: bool
    deadlines: bool = True

    @property
    def level(self) -> str:
        if self.namespaces and self.filesystem and self.system_calls:
            return "A"
        return "B" if self.filesystem or self.system_calls or self.namespaces else "C"

    def as_dict(self) -> dict[str, bool]:
        return asdict(self)


def probe(forced: str | None = None) -> Protections:
    """The best level available, or a lower one by request.

    Parameters
    ----------
    forced
        "A", "B" or "C". A request for more than the machine has is an error.
    """
    from . import bubblewrap, seccomp

    linux = sys.platform == "linux" and forced != "C"
    namespaces = linux and forced != "B" and bubblewrap.available()
    landlock_abi = 0
    if linux:
        from ..worker.lockdown import landlock_abi as kernel_landlock

        landlock_abi = kernel_landlock()
    filters = linux and seccomp.available()
    found = Protections(
        namespaces=namespaces,
        network=namespaces or filters or landlock_abi >= 4,
        filesystem=landlock_abi >= 1,
        system_calls=filters,
        memory=linux and (namespaces or filters or landlock_abi >= 1),  # level C sets no limits
        processes=filters,
        unprivileged=linux or (hasattr(os, "getuid") and os.getuid() != 0),
    )
    if forced and found.level != forced:
        raise GraderError(
            Text(
                f"Sandbox level {forced} was asked for, but this machine gives level {found.level}. "
                "'autograder doctor' says what is missing.",
                f"サンドボックスのレベル {forced} が指定されましたが、この環境では {found.level} です。"
                "不足しているものは autograder doctor で確認できます。",
            )
        )
    return found
