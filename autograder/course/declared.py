"""What the author declares of a wrong or a half-right version: in a file's header, or in the slip."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import ContentError
from ..i18n import Text
from .exercise import Exercise
from .version import Version, known, listed

WRONG = ("fails", "cause", "run", "better than")
PARTIAL = ("function", "may lose", "textbook", "better than")


@dataclass(frozen=True)
class WrongVersion:
    """A wrong version and what its author declares about it.

    Attributes
    ----------
    fails
        Tests (function names) of which each must fail.
    cause
        Id that must be shown for the first of them.
    run
        False for one that must not run inside the judge (it loops, exits, ...).
    better_than
        Names of versions that must not score more.
    """

    version: Version
    fails: tuple[str, ...]
    cause: str
    run: bool = True
    better_than: tuple[str, ...] = ()

    @classmethod
    def read(cls, version: Version) -> WrongVersion:
        """Take its declarations.

        Raises
        ------
        ContentError
            One is unknown, or ``fails`` or ``cause`` is missing.
        """
        found = version.declarations(WRONG)
        fails = listed(found.get("fails", ""))
        if not fails or not found.get("cause"):
            raise ContentError(
                Text(
                    f"{version.where}: needs '# fails: test_name' and '# cause: id' lines at the top",
                    f"{version.where}: 先頭に「# fails: テスト名」と「# cause: 原因」の行が必要です",
                )
            )
        runs = found.get("run", "yes") not in ("no", "false")
        return cls(version, fails, found["cause"], runs, listed(found.get("better than", "")))


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

    version: Version
    may_lose: tuple[str, ...]
    function: str | None = None
    textbook: bool = False
    better_than: tuple[str, ...] = ()

    @classmethod
    def read(cls, version: Version, exercise: Exercise) -> PartialVersion:
        """Take its declarations.

        Raises
        ------
        ContentError
            A declaration is unknown, missing or empty, or names a group or function that is not there.
        """
        found = version.declarations(PARTIAL)
        may_lose = listed(found.get("may lose", ""))
        if not may_lose:
            raise ContentError(
                Text(
                    f"{version.where}: needs a line '# may lose: group, group' at the top",
                    f"{version.where}: 先頭に「# may lose: グループ, グループ」の行が必要です",
                )
            )
        for group in may_lose:
            known(version.where, group, exercise.config.groups, Text("group", "グループ"))
        function = found.get("function")
        if function is not None:
            known(version.where, function, exercise.config.functions, Text("function", "関数"))
        return cls(version, may_lose, function, "textbook" in found, listed(found.get("better than", "")))
