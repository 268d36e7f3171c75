"""Short answers and printed output, brought into a form in which equal means equal.

The student's commands and the pages use the same rules, so there is nothing here but string
operations that JavaScript has too.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_QUOTES = re.compile("[\"'`\u2018\u2019\u201c\u201d「」『』]")
# Between digits and after a sign a dot or a dash means something; elsewhere it is a manner of writing.
_MARKS = re.compile(r"(?<![0-9])[-・·_.,、。!?:;/…]+(?![0-9])")
_END = ".,、。!?…"
_NUMBER = r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
_TOKEN = re.compile(_NUMBER + r"|[^\W\d]\w*|\S")
MAX_WORDS = 2_000


def normalise(text: str) -> str:
    """A short answer without regard to width, case, spaces, quotes and punctuation.

    >>> normalise("Back-Propagation ")
    'backpropagation'
    >>> normalise("－１．５")
    '-1.5'
    """
    text = unicodedata.normalize("NFKC", text[:MAX_WORDS]).lower()
    text = _QUOTES.sub("", _DASHES.sub("-", text))
    return _MARKS.sub("", re.sub(r"\s+", "", text)).rstrip(_END)


def normalise_output(text: str) -> str:
    """What a program prints, without regard to blanks at the ends of lines and around it all."""
    text = unicodedata.normalize("NFKC", text[:MAX_WORDS]).replace("\r\n", "\n")
    return "\n".join(re.sub(r"[ \t]+", " ", line).strip() for line in _DASHES.sub("-", text).strip().split("\n"))


def prints_same(a: str, b: str) -> bool:
    """Whether two outputs say the same: word for word, numbers as numbers (``1.`` is 1.0)."""
    left, right = _TOKEN.findall(a), _TOKEN.findall(b)
    return len(left) == len(right) and all(map(_same, left, right))


def _same(a: str, b: str) -> bool:
    if a == b:
        return True
    return bool(re.fullmatch(_NUMBER, a) and re.fullmatch(_NUMBER, b)) and _value(a) == _value(b)


def _value(text: str) -> Fraction | str:
    """The number exactly; one with an absurd exponent stays text."""
    exponent = re.search(r"[eE]([-+]?[0-9]+)", text)
    return text if exponent and (len(exponent[1]) > 5 or abs(int(exponent[1])) > 400) else Fraction(text)
