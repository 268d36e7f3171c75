"""A file name for each student, whatever the id: safe on every system and unique.

Kept are ``[A-Za-z0-9._-]`` and the letters and digits of every script; the rest is
percent-encoded. That map is one-to-one, so two ids meet only where the file system cannot
tell names apart (upper and lower case, composed and decomposed letters) or where a long name
is cut; then a digest of the id follows a ``~``, which no plain name contains.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import quote

_KEPT = frozenset("._-")
_MOST_BYTES = 120  # file systems allow 255, Windows 260 for the whole path
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)", re.IGNORECASE)


class FileNames:
    """Hands out names; the same student always gets the same one.

    Parameters
    ----------
    suffix
        Ends every name, for example ``.html``.
    """

    def __init__(self, suffix: str) -> None:
        self._suffix = suffix
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()

    def of(self, student: str) -> str:
        """The file name of a student's page."""
        name = self._names.get(student)
        if name is None:
            stem = slug(student)
            if _folded(stem) in self._taken:
                stem = f"{stem}~{_digest(student)}"
            self._taken.add(_folded(stem))
            name = self._names[student] = stem + self._suffix
        return name


def slug(text: str) -> str:
    """A safe file name without suffix that begins and ends with no dot."""
    encoded = "".join(c if c.isalnum() or c in _KEPT else _percent(c) for c in unicodedata.normalize("NFC", text))
    if not encoded:
        return "~"
    if encoded[0] == "." or _RESERVED.match(encoded):
        encoded = _percent(encoded[0]) + encoded[1:]
    if encoded[-1] == ".":
        encoded = encoded[:-1] + _percent(".")
    if len(encoded.encode()) > _MOST_BYTES:
        cut = encoded.encode()[: _MOST_BYTES - 13].decode(errors="ignore")
        encoded = f"{re.sub('%[0-9A-F]?$', '', cut)}~{_digest(text)}"
    return encoded


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


def link(name: str) -> str:
    """The name as it is written in a relative URL."""
    return quote(name)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
