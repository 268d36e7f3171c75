"""Numbers of points: read as an LMS writes them, written as every LMS reads them."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+")
DECIMALS = 5  # as many as Moodle stores


def read_number(text: str) -> Fraction | None:
    """The number in a cell, None for anything else. Full-width digits and a decimal comma are understood."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return Fraction(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else None


def is_lower(was: str, becomes: str) -> bool:
    """Whether the number in a cell becomes lower, at the decimals that the cell shows.

    An LMS that shows 7.12 may hold 7.11667, which is then no loss.
    """
    old, new = read_number(was), read_number(becomes)
    shown = re.search(r"[.,](\d+)$", unicodedata.normalize("NFKC", was).strip())
    return old is not None and new is not None and round(new, len(shown[1]) if shown else 0) < old and new < old


def rounded(value: Fraction) -> Fraction:
    """To the decimals that are written."""
    return round(value, DECIMALS)


def write_number(value: Fraction) -> str:
    """``9.5``, ``10``, ``0.35714``: a decimal point, no exponent, no thousands separator."""
    whole, part = divmod(int(rounded(value) * 10**DECIMALS), 10**DECIMALS)
    return f"{whole}.{part:0{DECIMALS}}".rstrip("0").rstrip(".")
