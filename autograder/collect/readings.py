"""Whose an entry is that can be read in several ways.

A participant chooses the names of files, and sometimes their own: neither may ever make an
entry somebody else's. So an LMS's reader gives every reading of a name, and these decide, in
this order:

1. the download as a whole: one LMS made all of it, an attachment is there once, a user has one name;
2. the roster: the only reading whose number and name are one person's there, else the only one
   whose number or name is somebody's;
3. nothing: the entry is nobody's (`Owner.doubt`). It is graded under an id of its own and named.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from .files import Top
from .owner import Owner

if TYPE_CHECKING:
    from .roster import Roster

_MOST = 64  # words of a name that are looked at


def decide(top: Top, found: Sequence[Owner], roster: Roster | None) -> Owner:
    """The owner of an entry; in doubt one with all readings, and with a key that is nobody else's."""
    if len(found) == 1:
        return found[0]
    sure = _by_roster(found, roster) if roster is not None else None
    return sure or doubtful(top, found)


def doubtful(top: Top, found: Sequence[Owner]) -> Owner:
    """An owner that is nobody: the shortest rest of the name is the file."""
    last = found[-1]
    key = top.name.removesuffix(last.file) if last.file else top.name
    late = any(owner.late for owner in found)
    return replace(last, key=key.rstrip("_- ") or top.name, name=None, late=late, others=(), doubt=tuple(found))


def _by_roster(found: Sequence[Owner], roster: Roster) -> Owner | None:
    support = [roster.support(owner) for owner in found]
    best = max(support)
    return found[support.index(best)] if best and support.count(best) == 1 else None


def common_titles(names: Collection[str], separator: str) -> list[str]:
    """What may be the title that all names begin with, the shortest first."""
    words = re.split(re.escape(separator), min(names, key=len, default=""))[:_MOST]
    titles = [separator.join(words[:i]) for i in range(1, len(words))]
    return [t for t in titles if t and all(n.startswith(t + separator) and len(n) > len(t) + 1 for n in names)]
