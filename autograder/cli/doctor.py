"""``autograder doctor``: what this machine has for a student, and for grading a class."""

from __future__ import annotations

import importlib.util
import json
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version as installed_version
from itertools import zip_longest

import click

from ..i18n import Lang, Text
from ..student.show import indented
from ..text.align import columns, pad
from . import State, common


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, whether it is fine, and how to mend it."""

    name: Text
    ok: bool
    detail: Text
    mend: Text | None = None
    needed_by: str = "student"


_PIP_STUDENT = Text(
    "Install it: pip install numpy pytest click", "インストールしてください: pip install numpy pytest click"
)
_PIP_GRADE = Text(
    "Install it: pip install -e '.[grade]'",
    "インストールしてください: pip install -e '.[grade]'",
)
_ABSENT = Text("not there", "なし")
_TITLES = {
    "student": Text("To work on the exercises", "演習に取り組むために必要なもの"),
    "instructor": Text("To grade a class (students do not need it)", "クラスの採点に必要なもの（学生には不要です）"),
}


@click.command()
@common
@click.pass_obj
def doctor(state: State) -> int:
    """Say what this machine can do, which protections are off, and how to mend it."""
    findings = examine()
    if state.json:
        click.echo(json.dumps([_as_json(f) for f in findings], ensure_ascii=False, indent=1))
    else:
        for line in _lines(findings, state.lang):
            click.echo(line)
    return 0 if all(f.ok for f in findings if f.needed_by == "student") else 4


def _as_json(f: Finding) -> dict[str, object]:
    found = {"name": f.name.en, "ok": f.ok, "detail": f.detail.en, "for": f.needed_by}
    return found | ({"mend": f.mend.as_dict()} if f.mend and not f.ok else {})


def _lines(findings: list[Finding], lang: Lang) -> Iterator[str]:
    """A table for each audience; what is missing has a line below it that says what to do."""
    wide = max(columns(f.name.get(lang)) for f in findings)
    for audience, title in _TITLES.items():
        yield title.get(lang)
        shown = [f for f in findings if f.needed_by == audience]
        for f, following in zip_longest(shown, shown[1:]):
            yield f"  [{'ok' if f.ok else '--'}] {pad(f.name.get(lang), wide)}  {f.detail.get(lang)}"
            said_below = following is not None and not following.ok and following.mend == f.mend
            if f.mend and not f.ok and not said_below:
                yield from indented(f.mend.get(lang).splitlines())


def examine() -> list[Finding]:
    """Look at everything; nothing is changed."""
    version = ".".join(map(str, sys.version_info[:3]))
    out = [
        Finding(
            Text.of("Python"),
            sys.version_info >= (3, 11),
            Text.of(f"{version} {platform.system()} {platform.machine()}"),
            Text("Install Python 3.11 or newer.", "Python 3.11 以降をインストールしてください。"),
        ),
        *(_package(name, "student") for name in ("numpy", "pytest", "click")),
        *(_package(n, "instructor") for n in ("PyYAML", "pydantic", "msgpack", "rich", "jinja2", "scipy")),
    ]
    return out + _sandbox()


def _package(name: str, audience: str) -> Finding:
    """Import it, as a package that is there may still not work (another platform's NumPy)."""
    mend = _PIP_STUDENT if audience == "student" else _PIP_GRADE
    try:
        import_module({"PyYAML": "yaml"}.get(name, name))
        return Finding(Text.of(name), True, Text.of(installed_version(name)), mend, audience)
    except ModuleNotFoundError:
        return Finding(Text.of(name), False, _ABSENT, mend, audience)
    except Exception as error:
        reason = str(error).strip().split("\n")[0]
        said = Text(f"cannot be imported: {reason}", f"読み込めません: {reason}")
        return Finding(Text.of(name), False, said, mend, audience)


def _sandbox() -> list[Finding]:
    if importlib.util.find_spec("msgpack") is None:
        return []
    from ..sandbox import bubblewrap, seccomp
    from ..sandbox.levels import NAMES, probe
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
        else "bwrap はありますが、名前空間を作れません。Ubuntu 24.04 では AppArmor で許可してください"
        "（kernel.apparmor_restrict_unprivileged_userns=0、または /usr/bin/bwrap のプロファイル）。",
    )
    abi = landlock_abi() if linux else 0
    filters = linux and seccomp.available()
    protections = probe()
    level = protections.level
    off = [name for name, on in protections.as_dict().items() if not on]
    missing = Text(", ".join(NAMES[n].en for n in off), "、".join(NAMES[n].ja for n in off))
    return [
        Finding(
            Text.of("bubblewrap"),
            bubblewrap.available(),
            Text.of(shutil.which("bwrap") or _ABSENT),
            bwrap_mend if linux else only_linux,
            "instructor",
        ),
        Finding(
            Text.of("Landlock"),
            abi > 0,
            Text.of(f"ABI {abi}") if abi > 0 else _ABSENT,
            Text("Needs Linux 5.13 or newer.", "Linux 5.13 以降が必要です。") if linux else only_linux,
            "instructor",
        ),
        Finding(
            Text.of("seccomp"),
            filters,
            Text.of("pyseccomp + libseccomp") if filters else _ABSENT,
            _PIP_GRADE if linux else only_linux,
            "instructor",
        ),
        Finding(Text("cores", "コア数"), True, Text.of(str(os.cpu_count())), None, "instructor"),
        Finding(
            Text("sandbox", "サンドボックス"),
            level == "A",
            Text(
                f"level {level}" + (f", not in force: {missing.en}" if off else ""),
                f"レベル {level}" + (f"（無効な保護: {missing.ja}）" if off else ""),
            ),
            Text(
                "Level C isolates nothing: grade only code that you trust."
                if level == "C"
                else "Level B: students' code can see which files exist; there is no network namespace.",
                "レベル C では隔離されません。信頼できるコードだけを採点してください。"
                if level == "C"
                else "レベル B では、どのようなファイルがあるかが学生のコードから分かります。"
                "ネットワーク名前空間もありません。",
            ),
            "instructor",
        ),
    ]
