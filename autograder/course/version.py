"""A version: one implementation of an exercise, whether it stands in a file of its own or is a slip.

Whoever grades, compares or prints versions cannot tell which of the two it has.
"""

from __future__ import annotations

import difflib
import re
import sys
import types
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from ..errors import ContentError
from ..i18n import Text

Role = Literal["reference", "stub", "right", "partial", "wrong", "vandal"]

_LINE = re.compile(r"^#\s*(?:([A-Za-z]+(?: [A-Za-z]+){0,2})\s*:(.*)|([A-Za-z]+))\s*$")


@dataclass(frozen=True)
class Version:
    """One implementation.

    Attributes
    ----------
    name
        Unique among the versions of its role; a file's name without ``.py``, or a slip's key.
    code
        The whole module.
    file
        What an author edits to change it.
    line
        Where in that file it begins; 0 for a file of its own.
    base
        Of a slip, the version that it changes.
    """

    role: Role
    name: str
    code: str = field(repr=False, compare=False)
    file: Path
    line: int = 0
    base: Version | None = field(default=None, repr=False, compare=False)
    given: Mapping[str, str] | None = field(default=None, repr=False, compare=False)

    @classmethod
    def read(cls, role: Role, path: Path) -> Version:
        """The version that a file is."""
        return cls(role, path.stem, path.read_text(encoding="utf-8-sig"), path)

    def load(self) -> Any:
        """Run it as a fresh module of its own, in this process: for the course's own code alone."""
        module = types.ModuleType(f"autograder_{self.role}_{self.name}")
        module.__file__ = str(self.file)
        sys.modules[module.__name__] = module  # where dataclasses and pickle look for it
        exec(compile(self.code, str(self.file), "exec"), module.__dict__)
        return module

    @property
    def label(self) -> str:
        """``wrong/leaky``: its name where versions of all roles stand together."""
        return f"{self.role}/{self.name}"

    @property
    def where(self) -> str:
        """Where an author finds it, for errors."""
        return f"{self.file}:{self.line}" if self.line else str(self.file)

    def difference(self) -> str:
        """How a slip differs from its base, as a unified diff; empty for a file of its own."""
        if self.base is None:
            return ""
        lines = difflib.unified_diff(
            self.base.code.splitlines(), self.code.splitlines(), self.base.label, self.label, lineterm=""
        )
        return "\n".join(lines)

    def declarations(self, keys: Collection[str]) -> Mapping[str, str]:
        """What its author declares of it, by key; a flag has the empty value.

        In a file these are the comment lines before anything else: ``# key: value``, or one word
        alone. Other comments are free.

        Raises
        ------
        ContentError
            A key is not one of `keys`, or stands there twice.
        """
        if self.given is not None:
            return self.given
        found: dict[str, str] = {}
        for number, line in enumerate(self.code.splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                break
            match = _LINE.match(line)
            if match is None:
                continue
            key, value = (match[1] or match[3]).strip(), (match[2] or "").strip()
            where = f"{self.file}:{number}"
            known(where, key, keys, Text("declaration", "宣言"))
            if key in found:
                raise ContentError(
                    Text(f"{where}: {key!r} stands here twice", f"{where}: {key!r} が 2 回書かれています")
                )
            found[key] = value
        return found


def versions_in(folder: Path, role: Role) -> list[Version]:
    """The versions of one role that are files."""
    return [Version.read(role, path) for path in sorted((folder / role).glob("*.py"))]


def listed(value: str) -> tuple[str, ...]:
    """The names of a declaration: ``a, b``."""
    return tuple(name.strip() for name in value.split(",") if name.strip())


def known(where: object, name: str, names: Collection[str], kind: Text) -> None:
    """Refuse a name that is not there, with the nearest one that is."""
    if name in names:
        return
    near = difflib.get_close_matches(name, names, 1, 0.5)
    en = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(names)}"
    ja = f"{near[0]!r} のことでしょうか。" if near else f"使えるのは {', '.join(names)} です"
    raise ContentError(Text(f"{where}: no {kind.en} {name!r}; {en}", f"{where}: {kind.ja} {name!r} はありません。{ja}"))
