"""Read what a class handed in: folders, zips of several LMS, notebooks, odd encodings, hostile archives.

`collect` lists (cheaply); each `Entry.read` then reads one submission.
"""

from .class_list import read_roster
from .collection import Collection, Entry, collect, read_one
from .decoding import Decoded, decode
from .roster import Roster, RosterRow
from .texts import not_understood

__all__ = [
    "Collection",
    "Decoded",
    "Entry",
    "Roster",
    "RosterRow",
    "collect",
    "decode",
    "not_understood",
    "read_one",
    "read_roster",
]
