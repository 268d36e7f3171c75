"""Blackboard's "Assignment File Download": flat files, and for each attempt a text about it.

``HW 1_tyamada_attempt_2026-11-20-17-30-05_relu.py``, and without a file's name but with ``.txt``
the text, whose first line is ``Name: Taro Yamada (tyamada)`` in the teacher's language. A title
and a username may both hold underscores, so that line decides where one ends; without it, the
title that such a line of another student tells, or that all names begin with; then the roster.
A single name alone begins with a title of as many words as can be. The time is the server's
own, and is read in the course's time zone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from ...errors import UsageError
from ..decoding import decode
from ..files import Top
from ..owner import Owner, Part
from ..readings import common_titles, doubtful
from .place import Claim, Place

if TYPE_CHECKING:
    from ..roster import Roster

# The first "_attempt_" counts: what follows may be a file's name, which the student chose.
_FILE = re.compile(
    r"(?P<before>.+?_.+?)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<text>\.txt))", re.DOTALL
)
_NAME = re.compile(r"[^:：]*[:：]\s*(?P<name>.*?)\s*[(（](?P<user>[^()（）]+)[)）]\s*")
_NO_TEXT = ("no student submission text data", "no student comments")
_MAX_TEXT = 2**20
_MAX_NAME = 500  # characters; a name in a zip may have 65535, and matching takes the square of it


def _file(top: Top) -> re.Match[str] | None:
    return _FILE.fullmatch(top.name) if len(top.name) <= _MAX_NAME else None


def readings(top: Top) -> list[Owner]:
    """The owner as far as the name alone tells."""
    match = None if top.is_dir else _file(top)
    return [_of(match["before"].rsplit("_", 1)[1], top, match)] if match else []


def read(place: Place) -> Claim:
    claim = Claim()
    found = [(top, match) for top in place.tops if not top.is_dir and (match := _file(top))]
    people: dict[str, tuple[str, str | None]] = {}
    for top, match in found:
        if match["text"]:
            text = _text(place, top.name)
            told = _NAME.fullmatch(text.split("\n", 1)[0][:_MAX_NAME])
            if told and f"_{match['before']}".endswith(f"_{told['user']}"):
                people[match["before"]] = (told["user"], told["name"] or None)
            if all(words in text for words in _NO_TEXT):
                claim.used.add(top.name)  # nothing of the student's is in it
    users = _users({match["before"] for _, match in found}, people, place.roster)
    for top, match in found:
        if top.name not in claim.used:
            claim.parts.append(Part(top, _owner(top, match, users[match["before"]], people, place)))
    return claim


def _text(place: Place, name: str) -> str:
    try:
        return decode(place.read(name)[:_MAX_TEXT], cookie=False).text or ""
    except UsageError:
        return ""  # a damaged text costs a name, not the class


def _owner(
    top: Top,
    match: re.Match[str],
    users: Sequence[str],
    people: Mapping[str, tuple[str, str | None]],
    place: Place,
) -> Owner:
    found = [_of(user, top, match) for user in users]
    owner = found[0] if len(found) == 1 else doubtful(Top(match["before"], False), found)
    _, name = people.get(match["before"]) or (None, None)
    return replace(owner, name=name, received=_time(match["time"], place.tz))


def _users(
    before: Set[str], people: Mapping[str, tuple[str, str | None]], roster: Roster | None
) -> dict[str, list[str]]:
    """The username in each ``title_username``; several where the title is in doubt."""
    told = {b: user for b, (user, _) in people.items()}
    titles = sorted({b.removesuffix(f"_{user}") for b, user in told.items()})
    rest = sorted(before - told.keys())
    unknown = [b for b in rest if not any(b.startswith(f"{t}_") for t in titles)]
    common = _likely(unknown, common_titles(unknown, "_"), roster)
    users = {b: [user] for b, user in told.items()}
    for b in rest:
        possible = [t for t in (common if b in unknown else titles) if b.startswith(f"{t}_")]
        found = [b.removeprefix(f"{t}_") for t in (_likely([b], possible, roster) if b not in unknown else possible)]
        users[b] = found or [b.rsplit("_", 1)[1]]
    return users


def _likely(names: Sequence[str], titles: Sequence[str], roster: Roster | None) -> list[str]:
    """The titles under which the roster knows most users; without a roster the longest."""
    if roster is None:
        return list(titles[-1:])
    users = {title: [Owner(name.removeprefix(f"{title}_"), "blackboard") for name in names] for title in titles}
    known = {title: sum(roster.find(user) is not None for user in found) for title, found in users.items()}
    best = max(known.values(), default=0)
    return [t for t, count in known.items() if count == best] if best else list(titles[-1:])


def _of(user: str, top: Top, match: re.Match[str]) -> Owner:
    file = match["file"] or top.name
    return Owner(user, "blackboard", file=file, attempt=match["time"], others=(("username", user),))


def _time(text: str, tz: tzinfo) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d-%H-%M-%S").replace(tzinfo=tz)
    except ValueError:
        return None
