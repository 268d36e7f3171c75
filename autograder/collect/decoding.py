"""Bytes of a student's file -> text, as a person would have read them.

Order: byte order mark, PEP 263 comment, UTF-8, cp932 (the Shift_JIS of Japanese Windows).
CPython itself stops at the first two; a file that an editor saved in Shift_JIS would be a
SyntaxError there, which says nothing about the student's code.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from ..i18n import Text
from .texts import problem, size

MAX_BYTES = 2**20

# UTF-32 before UTF-16: the little-endian mark of one begins with the other's.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK = re.compile(rb"^[ \t\f]*(?:#.*)?$")
# An allow-list: some of Python's codecs (idna, punycode) take quadratic time, others are no encodings of files.
_COOKIE_CODECS = frozenset(
    [
        "utf-8",
        "utf-8-sig",
        "ascii",
        "iso8859-1",
        "iso8859-15",
        "cp1252",
        "cp1251",
        "koi8-r",
        "shift_jis",
        "cp932",
        "shift_jis_2004",
        "shift_jisx0213",
        "euc_jp",
        "euc_jis_2004",
        "euc_jisx0213",
        "iso2022_jp",
        "iso2022_jp_1",
        "iso2022_jp_2",
        "iso2022_jp_2004",
        "iso2022_jp_3",
        "gb2312",
        "gbk",
        "gb18030",
        "big5",
        "cp950",
        "euc_kr",
        "cp949",
    ]
)
_SHOWN = {"cp932": "Shift_JIS (cp932)", "utf-16": "UTF-16", "utf-32": "UTF-32"}


@dataclass(frozen=True)
class Decoded:
    """What `decode` found.

    Attributes
    ----------
    text
        With ``\\n`` line ends and without a byte order mark, or None if there is a `problem`.
    encoding
        A name to show, empty when unknown; ``utf-8`` is what we ask for.
    bad_cookie
        The encoding that a PEP 263 comment wrongly claims, else None.
    """

    text: str | None
    encoding: str = ""
    problem: Text | None = None
    bad_cookie: str | None = None

    @property
    def is_utf8(self) -> bool:
        return self.encoding == "utf-8"


def decode(data: bytes, *, limit: int = MAX_BYTES, cookie: bool = True) -> Decoded:
    """Decode a whole file.

    Parameters
    ----------
    data
        The bytes; one more than `limit` is enough to show that the file is too large.
    cookie
        Whether a PEP 263 comment counts (it does in Python files only).
    """
    if len(data) > limit:
        return Decoded(None, problem=problem("too_large", limit=size(limit)))
    if not data:
        return Decoded(None, problem=problem("empty"))
    decoded = _by_mark(data)
    if decoded is None and b"\0" in data:
        return Decoded(None, problem=problem("nul_bytes"))
    decoded = decoded or _by_guess(data, _cookie(data) if cookie else None)
    if decoded.text is None:
        return decoded
    if not decoded.text:
        return Decoded(None, problem=problem("empty"))
    if "\0" in decoded.text:
        return Decoded(None, problem=problem("nul_bytes"))
    return Decoded(_unix(decoded.text), decoded.encoding, bad_cookie=decoded.bad_cookie)


def _by_mark(data: bytes) -> Decoded | None:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            text = _try(data, codec)
            shown = "utf-8" if codec == "utf-8-sig" else _SHOWN[codec]
            return Decoded(text, shown, problem("undecodable") if text is None else None)
    return None


def _by_guess(data: bytes, claimed: str | None) -> Decoded:
    as_utf8 = _try(data, "utf-8")
    codec = _codec(claimed) if claimed else None
    if codec:
        text = _try(data, codec)
        if text is not None:
            return Decoded(text, "utf-8" if text == as_utf8 else _SHOWN.get(codec, codec))
    if as_utf8 is not None:
        return Decoded(as_utf8, "utf-8", bad_cookie=claimed)
    text = _try(data, "cp932")
    if text is not None:
        return Decoded(text, _SHOWN["cp932"], bad_cookie=claimed)
    return Decoded(None, problem=problem("undecodable"))


def _cookie(data: bytes) -> str | None:
    for line in data[:4096].splitlines()[:2]:
        match = _COOKIE.match(line)
        if match:
            return match[1].decode("ascii", "replace")
        if not _BLANK.match(line):
            return None
    return None


def _codec(name: str) -> str | None:
    """Python's name of an encoding that a file may claim; cp932 for any Shift_JIS, which it contains."""
    try:
        found = codecs.lookup(re.sub(r"(?i)-(unix|dos|mac)$", "", name)).name
    except LookupError:
        return None
    return "cp932" if found == "shift_jis" else found if found in _COOKIE_CODECS else None


def _try(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
