"""Which exercise a file's name means: ``Relu.py``, ``relu (1).py`` and ``relu - コピー.py`` are all relu.

Operating systems, browsers and LMS mark a copy before or behind the name or its extension. Such
marks are peeled off one by one until an id is left. What somebody typed (``1230001_relu.py``,
``relu_final.py``) is no such mark: there the name only hints, see `ExerciseNames.mentioned`.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from ..i18n import Text

MAX_STEM = 255  # a name in a zip may be 65535 bytes long, and matching is quadratic in a run of spaces
MAX_MARKS = 8

SCRIPT, NOTEBOOK, ANSWERS = ".py", ".ipynb", ".yaml"
_KINDS = {".py": SCRIPT, ".pyw": SCRIPT, ".ipynb": NOTEBOOK, ".yaml": ANSWERS, ".yml": ANSWERS, ".json": ANSWERS}
_EXTENSION = re.compile(r"\.(?:pyw?|ipynb|ya?ml|json|txt)\s*$")
_NUMBER = re.compile(r"\s*\((\d{1,6})\)\s*$|\s*[-_ ]\s*(\d{1,6})\s*$|(?<=\.py)\.(\d{1,3})$|(?<=\.ipynb)\.(\d{1,3})$")
_WORD = "copy|kopie|copie|copia|コピー|複製|副本|복사본"
_WHICH = r"(?:another|\d{1,3}(?:st|nd|rd|th)|別の|もう\s*1\s*つの|\d{1,3}\s*(?:番目|つ目)の?)"
# NFKC and case folding have been applied: a full-width bracket, tilde or digit is the plain one.
_BEHIND = re.compile(
    rf"\s*[-_ ]?\s*\(\s*(?:{_WHICH}\s*)?(?:{_WORD})\s*\d{{0,4}}\s*\)\s*$"  # relu (copy), relu (3rd copy)
    rf"|\s*の\s*(?:コピー|複製)\s*\d{{0,4}}\s*$"
    rf"|(?:\s+-\s*|\s*-\s+|[-_ ])(?:{_WORD})\s*\d{{0,4}}\s*$"  # relu - コピー, relu copy 2, relu-Copy1
    r"|コピー\s*\d{0,4}\s*$"
    r"|[-_]checkpoint\s*$"
    r"|\s*\((?:[^()]{0,80}'s\s+)?(?:conflicted copy|case conflict)[^()]{0,80}\)\s*$"
    r"|\s*\([^()]{0,80}(?:競合コピー|競合)[^()]{0,80}\)\s*$"
    r"|\s*(?:\.(?:bak|old|orig|save|backup)|~)\s*$"
)
_BEFORE = re.compile(
    rf"(?:{_WORD})\s*(?:\(\d{{1,4}}\)\s*)?(?:of|von|de|di)\s+"  # Copy of relu, Copy (2) of relu
    rf"|コピー\s*(?:\(\d{{1,4}}\)\s*)?[-~〜_ ]\s*"
)


class ExerciseNames:
    """File names against the exercise ids.

    Parameters
    ----------
    ids
        The exercise ids; an id that itself ends in a number is tried before the number is cut off.
    """

    def __init__(self, ids: Sequence[str]) -> None:
        self._by_fold = {i.casefold(): i for i in ids}
        longest_first = sorted(self._by_fold, key=len, reverse=True)
        self._inside = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?![a-z0-9])")

    def match(self, path: str) -> tuple[str, int] | None:
        """The exercise of a file (whatever its extension) and its re-upload number (0: none), else None."""
        return next(((self._by_fold[s], n) for s, n in _peeled(_stem(path)) if s in self._by_fold), None)

    def contained(self, path: str) -> list[str]:
        """The exercises whose id stands in the name as a word of its own."""
        return list(dict.fromkeys(self._by_fold[m] for m in self._inside.findall(_stem(path)[:MAX_STEM])))

    def mentioned(self, path: str) -> list[str]:
        """The exercises whose id stands in the name, else the one that it nearly spells."""
        near = self._near(path, 0.75)
        return self.contained(path) or ([near] if near else [])

    def hint(self, path: str, extension: str = ".py") -> Text:
        """`` Did you mean relu.py?``, or nothing."""
        near = self._near(path)
        if near is None:
            return Text("", "")
        return Text(f" Did you mean {near}{extension}?", f"{near}{extension} のことでしょうか。")

    def _near(self, path: str, alike: float = 0.6) -> str | None:
        near = difflib.get_close_matches(_stem(path)[:80], self._by_fold, 1, alike)
        return self._by_fold[near[0]] if near else None


def upload_number(path: str) -> int:
    """The number that a browser or an LMS put after a file's name, 0 if none."""
    return split_number(_stem(path))[1]


def split_number(stem: str) -> tuple[str, int]:
    """``relu-1`` -> ``("relu", 1)``; a stem without a number comes back with 0."""
    match = _NUMBER.search(stem) if len(stem) <= MAX_STEM else None
    if match is None or not match.start():
        return stem, 0
    return stem[: match.start()].rstrip(), int(next(n for n in match.groups() if n))


def suffix(path: str) -> str:
    """The extension in lower case, ``.py``."""
    return PurePosixPath(unicodedata.normalize("NFKC", path)).suffix.casefold().rstrip()


def kind(path: str) -> str:
    """What a file is by its name: `SCRIPT`, `NOTEBOOK`, `ANSWERS`, else its own extension.

    ``relu.py.txt``, ``relu.py (1)`` and ``relu.py のコピー`` are scripts.
    """
    for name, _ in _peeled(_folded(PurePosixPath(path).name), extensions=False):
        found = suffix(name)
        deeper = suffix(name[: -len(found)]) if found in (".txt", ".json") else ""
        if deeper in _KINDS or found in _KINDS:
            return _KINDS.get(deeper) or _KINDS[found]
        if found == ".txt":
            return found
    return suffix(path)


def is_copy(path: str) -> bool:
    """Whether the name says that this is a copy or a backup, which somebody made beside the file they worked on."""
    names = [name for name, _ in _peeled(_folded(PurePosixPath(path).name))]
    return any(_BEHIND.search(name) or _BEFORE.match(name) for name in names)


def is_plain(path: str) -> bool:
    """Whether a name has the extension of its kind, and at most a number behind it: nothing to tell anyone."""
    name = _folded(PurePosixPath(path).name)
    extension = PurePosixPath(name).suffix
    stem = name[: -len(extension)] if extension else name
    return extension in _KINDS and not is_copy(path) and not _EXTENSION.search(stem)


def _peeled(stem: str, extensions: bool = True) -> Iterator[tuple[str, int]]:
    """The stem with one mark after the other taken off, and the sum of the numbers among them."""
    number = 0
    yield stem, number
    if len(stem) > MAX_STEM:
        return
    for _ in range(MAX_MARKS):
        rest, found = split_number(stem)
        if rest == stem:
            rest = (_EXTENSION.sub("", stem, 1) if extensions else stem).strip()
        if rest == stem:
            rest = _BEHIND.sub("", stem, 1).strip()
        if rest == stem:
            rest = _BEFORE.sub("", stem, 1).strip() if _BEFORE.match(stem) else stem
        if rest == stem or not rest:
            return
        stem, number = rest, number + found
        yield stem, number


def _folded(name: str) -> str:
    # NFKC: Japanese input methods type full-width letters, brackets and digits.
    return unicodedata.normalize("NFKC", name).strip().rstrip(". ").casefold()


def _stem(path: str) -> str:
    name = _folded(PurePosixPath(path).name)
    extension = PurePosixPath(name).suffix
    return (name[: -len(extension)] if extension else name).strip()
