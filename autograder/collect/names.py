"""Which exercise a file's name means: ``Relu.py``, ``relu (1).py`` and ``relu-1.py`` are all relu."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath

from ..i18n import Text

_NUMBERED = re.compile(r"(.+?)(?:\s*\((\d{1,6})\)|\s*[-_ ]\s*(\d{1,6}))", re.DOTALL)
MAX_STEM = 255  # a name in a zip may be 65535 bytes long, and matching is quadratic in a run of spaces


class ExerciseNames:
    """File names against the exercise ids.

    Parameters
    ----------
    ids
        The exercise ids; an id that itself ends in a number is tried before the number is cut off.
    """

    def __init__(self, ids: Sequence[str]) -> None:
        self._by_fold = {i.casefold(): i for i in ids}

    def match(self, path: str) -> tuple[str, int] | None:
        """The exercise of a file (whatever its extension) and its re-upload number (0: none), else None."""
        stem = _stem(path)
        if stem in self._by_fold:
            return self._by_fold[stem], 0
        base, number = split_number(stem)
        return (self._by_fold[base], number) if base in self._by_fold else None

    def hint(self, path: str, extension: str = ".py") -> Text:
        """`` Did you mean relu.py?``, or nothing."""
        near = difflib.get_close_matches(_stem(path)[:80], self._by_fold, 1, 0.6)
        if not near:
            return Text("", "")
        meant = f"{self._by_fold[near[0]]}{extension}"
        return Text(f" Did you mean {meant}?", f"{meant} のことでしょうか。")


def upload_number(path: str) -> int:
    """The number that a browser or an LMS put after a file's name, 0 if none."""
    return split_number(_stem(path))[1]


def split_number(stem: str) -> tuple[str, int]:
    """``relu-1`` -> ``("relu", 1)``; a stem without a number comes back with 0."""
    match = _NUMBERED.fullmatch(stem) if len(stem) <= MAX_STEM else None
    return (match[1].rstrip(), int(match[2] or match[3])) if match else (stem, 0)


def suffix(path: str) -> str:
    """The extension in lower case, ``.py``."""
    return PurePosixPath(unicodedata.normalize("NFKC", path)).suffix.casefold().rstrip()


def _stem(path: str) -> str:
    # NFKC: Japanese input methods type full-width brackets and digits.
    return unicodedata.normalize("NFKC", PurePosixPath(path).stem).strip().casefold()
