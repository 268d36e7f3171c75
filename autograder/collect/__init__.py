"""Read what a class handed in: folders, zips of several LMS, notebooks, odd encodings, hostile archives.

`collect` lists (cheaply); each `Entry.read` then reads one submission. A name is imported when it is
asked for: a student's notebook uses one small module of this package and has no YAML.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .class_list import read_roster
    from .collection import Collection, Entry, collect, read_one
    from .decoding import Decoded, decode
    from .reading import within_limit
    from .roster import Roster, RosterRow
    from .texts import cannot_be_read, in_doubt, not_understood

__all__ = [
    "Collection",
    "Decoded",
    "Entry",
    "Roster",
    "RosterRow",
    "cannot_be_read",
    "collect",
    "decode",
    "in_doubt",
    "not_understood",
    "read_one",
    "read_roster",
    "within_limit",
]
_WHERE = {
    **dict.fromkeys(["Collection", "Entry", "collect", "read_one"], "collection"),
    **dict.fromkeys(["Decoded", "decode"], "decoding"),
    **dict.fromkeys(["Roster", "RosterRow"], "roster"),
    **dict.fromkeys(["cannot_be_read", "in_doubt", "not_understood"], "texts"),
    "read_roster": "class_list",
    "within_limit": "reading",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_WHERE[name]}", __name__), name)
