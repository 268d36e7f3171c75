"""``autograder doctor``: what this machine has for a student, and for grading a class."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import platform
import shutil
import sys
from dataclasses import dataclass

import click

from ..i18n import Text
from . import State, common


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, whether it is fine, and how to mend it."""

    name: str
    ok: bool
    detail: str
    mend: Text | None = None
    needed_by: str = "student"


_PIP_GRADE = Text("pip install 'numpy-course-autograder[grade]'", "pip install 'numpy-course-autograder[grade]'")


@click.command()
@common
@click.pass_obj
def doctor(state: State) -> int:
    """Say what this machine can do, which protections are off, and how to mend it."""
    findings = examine()
    if state.json:
        click.echo(
            json.dumps(
                [
                    {"name": f.name, "ok": f.ok, "detail": f.detail, "for": f.needed_by}
                    | ({"mend": f.mend.as_dict()} if f.mend and not f.ok else {})
                    for f in findings
                ],
                ensure_ascii=False,
                indent=1,
            )
        )
    else:
        titles = {
            "student": Text("To work on the exercises", "演習に取り組むため"),
            "instructor": Text("To grade a class", "クラスを採点するため"),
        }
        for audience, title in titles.items():
            click.echo(title.get(state.lang))
            for f in (f for f in findings if f.needed_by == audience):
                click.echo(f"  [{'ok' if f.ok else '--'}] {f.name:14} {f.detail}")
                if f.mend and not f.ok:
                    click.echo(f"       {f.mend.get(state.lang)}")
    return 0 if all(f.ok for f in findings if f.needed_by == "student") else 4


def examine() -> list[Finding]:
    """Look at everything; nothing is changed."""
    version = ".".join(map(str, sys.version_info[:3]))
    out = [
        Finding(
            "Python",
            sys.version_info >= (3, 11),
            f"{version} {platform.system()} {platform.machine()}",
            Text("Install Python 3.11 or newer.", "Python 3.11 以降をインストールしてください。"),
        ),
        *(_package(name, "student") for name in ("numpy", "pytest", "click")),
        *(_package(n, "instructor") for n in ("yaml", "pydantic", "msgpack", "rich", "jinja2", "scipy")),
    ]
    return out + _sandbox()


def _package(name: str, audience: str) -> Finding:
    found = importlib.util.find_spec(name) is not None
    version = str(getattr(importlib.import_module(name), "__version__", "installed")) if found else "-"
    mend = (
        Text("pip install numpy pytest click", "pip install numpy pytest click")
        if audience == "student"
        else _PIP_GRADE
    )
    return Finding(name, found, version, mend, audience)


def _sandbox() -> list[Finding]:
    if importlib.util.find_spec("msgpack") is None:
        return []
    from ..sandbox import bubblewrap, seccomp
    from ..sandbox.levels import probe
    from ..worker.lockdown import landlock_abi

    linux = sys.platform == "linux"
    only_linux = Text(
        "Linux only: grade untrusted code on Linux, in WSL 2 or in a virtual machine.",
        "Linux 専用です。信頼できないコードの採点は Linux、WSL 2、仮想マシンで行ってください。",
    )
    installed = shutil.which("bwrap") is not None
    bwrap_mend = Text(
        "apt install bubblewrap (dnf, pacman: the same name)."
        if not installed
        else "bwrap is here but may not make namespaces: on Ubuntu 24.04 allow it in AppArmor "
        "(kernel.apparmor_restrict_unprivileged_userns=0, or a profile for /usr/bin/bwrap).",
        "apt install bubblewrap を実行してください（dnf、pacman でも同じ名前です）。"
        if not installed
        else "bwrap はありますが名前空間を作れません。Ubuntu 24.04 では AppArmor で許可してください"
        "（kernel.apparmor_restrict_unprivileged_userns=0、または /usr/bin/bwrap のプロファイル）。",
    )
    abi = landlock_abi() if linux else 0
    protections = probe()
    level = protections.level
    return [
        Finding(
            "bubblewrap",
            bubblewrap.available(),
            shutil.which("bwrap") or "-",
            bwrap_mend if linux else only_linux,
            "instructor",
        ),
        Finding(
            "Landlock",
            abi > 0,
            f"ABI {abi}",
            Text("Needs Linux 5.13 or newer.", "Linux 5.13 以降が必要です。") if linux else only_linux,
            "instructor",
        ),
        Finding(
            "seccomp",
            linux and seccomp.available(),
            "pyseccomp + libseccomp",
            _PIP_GRADE if linux else only_linux,
            "instructor",
        ),
        Finding("cores", True, str(os.cpu_count()), None, "instructor"),
        Finding(
            "sandbox",
            level == "A",
            f"level {level}" + "".join(f", no {k}" for k, v in protections.as_dict().items() if not v),
            Text(
                "Level C isolates nothing: grade only code that you trust."
                if level == "C"
                else "Level B: students' code can see which files exist; there is no network namespace.",
                "レベル C では隔離されません。信頼できるコードだけを採点してください。"
                if level == "C"
                else "レベル B: 学生のコードからファイルの有無が見え、ネットワーク名前空間もありません。",
            ),
            "instructor",
        ),
    ]
