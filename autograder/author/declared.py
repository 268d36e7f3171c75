"""What the author declares at the top of a wrong or a half-right version.

The header is the comment lines before anything else. A line of the form ``# key: value``, or one
word alone, is a declaration, and an unknown one is refused; other comments are free.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..course.exercise import Exercise
from ..errors import ContentError
from ..i18n import Text

WRONG = ("fails", "cause", "run", "better than")
PARTIAL = ("function", "may lose", "textbook", "better than")
_LINE = re.compile(r"^#\s*(?:([A-Za-z]+(?: [A-Za-z]+){0,2})\s*:(.*)|([A-Za-z]+))\s*$")


@dataclass(frozen=True)
class PartialVersion:
    """A half-right version: right as far as it goes, but not all that is asked.

    Attributes
    ----------
    may_lose
        Groups of which it may fail tests, in the order of the file; it must fail one of them.
    function
        The function it is about, or None where the exercise has only one.
    textbook
        Its mathematics is right on ordinary float arrays, so little may be lost.
    better_than
        Names of versions that must not score more.
    """

    path: Path
    may_lose: tuple[str, ...]
    function: str | None = None
    textbook: bool = False
    better_than: tuple[str, ...] = ()

    @classmethod
    def read(cls, path: Path, exercise: Exercise) -> PartialVersion:
        """Parse the header of a file in ``partial/``.

        Raises
        ------
        ContentError
            A declaration is unknown, missing or empty, or names a group or function that is not there.
        """
        found = header(path, PARTIAL)
        may_lose = _names(found.get("may lose", ""))
        if not may_lose:
            raise ContentError(
                Text(
                    f"{path}: needs a line '# may lose: group, group' at the top",
                    f"{path}: 先頭に「# may lose: グループ, グループ」の行が必要です",
                )
            )
        for group in may_lose:
            _known(path, group, exercise.config.groups, Text("group", "グループ"))
        function = found.get("function")
        if function is not None:
            _known(path, function, exercise.config.functions, Text("function", "関数"))
        return cls(path, may_lose, function, "textbook" in found, _names(found.get("better than", "")))


def header(path: Path, keys: Collection[str]) -> Mapping[str, str]:
    """The declarations of a file by key; a flag has the empty value.

    Raises
    ------
    ContentError
        A key is not one of `keys`, or stands there twice.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            break
        match = _LINE.match(line)
        if match is None:
            continue
        key, value = (match[1] or match[3]).strip(), (match[2] or "").strip()
        where = f"{path}:{number}"
        _known(where, key, keys, Text("declaration", "宣言"))
        if key in found:
            raise ContentError(Text(f"{where}: {key!r} stands here twice", f"{where}: {key!r} が 2 回書かれています"))
        found[key] = value
    return found


def better_than(path: Path) -> tuple[str, ...]:
    """The names that a wrong version declares to be worse than itself."""
    return _names(header(path, WRONG).get("better than", ""))


def _names(value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())


def _known(where: object, name: str, names: Collection[str], kind: Text) -> None:
    if name in names:
        return
    near = difflib.get_close_matches(name, names, 1, 0.5)
    en = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(names)}"
    ja = f"{near[0]!r} のことでしょうか。" if near else f"使えるのは {', '.join(names)} です"
    raise ContentError(Text(f"{where}: no {kind.en} {name!r}; {en}", f"{where}: {kind.ja} {name!r} はありません。{ja}"))
