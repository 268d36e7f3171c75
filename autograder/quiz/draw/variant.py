"""Which replica of an item a student gets.

A page in the browser decides the same, hence a hash that JavaScript writes as shortly: FNV-1a
over UTF-8, then the final mix of MurmurHash3 (FNV alone keeps the low bits of its input apart
from the rest, so that neighbours in a class list would share every variant)::

    let h = 0x811c9dc5;
    for (const b of new TextEncoder().encode(key)) h = Math.imul(h ^ b, 0x01000193);
    h ^= h >>> 16; h = Math.imul(h, 0x85ebca6b); h ^= h >>> 13; h = Math.imul(h, 0xc2b2ae35); h ^= h >>> 16;
    return (h >>> 0) % n;
"""

from __future__ import annotations

import unicodedata


def replica_number(student: str, item: str, n: int) -> int:
    """The number, 0 to ``n - 1``, of the replica of `item` that belongs to `student`.

    Parameters
    ----------
    student
        As anybody may type it: width, case and blanks around do not matter.
    n
        How many replicas the item has.
    """
    return fnv1a_mixed(f"{normal_student(student)}\n{item}") % n


def normal_student(student: str) -> str:
    """A student id as it enters the hash: NFKC, without blanks around, in small letters."""
    return unicodedata.normalize("NFKC", student).strip().lower()


def fnv1a_mixed(key: str) -> int:
    """32 bits."""
    h = 0x811C9DC5
    for byte in key.encode("utf-8", "surrogatepass"):
        h = (h ^ byte) * 0x01000193 & 0xFFFFFFFF
    h ^= h >> 16
    h = h * 0x85EBCA6B & 0xFFFFFFFF
    h ^= h >> 13
    h = h * 0xC2B2AE35 & 0xFFFFFFFF
    return h ^ (h >> 16)
