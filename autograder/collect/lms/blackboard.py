"""Blackboard's "Assignment File Download": flat files, and for each attempt a text about it.

``HW 1_tyamada_attempt_2026-11-20-17-30-05_relu.py``, and without a file's name but with ``.txt``
the text, whose first line is ``Name: Taro Yamada (tyamada)`` in the teacher's language. A title
and a username may both hold underscores, so that line decides where one ends; without it, the
title that such a line of another student tells; then the roster; else the username begins after
the last underscore. The time is the server's own, and is read in the course's time zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, tzinfo

from ...errors import UsageError
from ..decoding import decode
from ..files import Top
from ..owner import Claim, Owner, Part, Place

# The first "_attempt_" counts: what follows may be a file's name, which the student chose.
_FILE = re.compile(
    r"(?P<before>.+?_.+?)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<text>\.txt))", re.DOTALL
)
_NAME = re.compile(r"[^:：]*[:：]\s*(?P<name>.*?)\s*[(（](?P<user>[^()（）]+)[)）]\s*")
_NO_TEXT = ("no student submission text data", "no student comments")
_MAX_TEXT = 2**20


def owner(top: Top) -> Owner | None:
    """The owner as far as the name alone tells."""
    match = None if top.is_dir else _FILE.fullmatch(top.name)
    if match is None:
        return None
    user = match["before"].rsplit("_", 1)[1]
    return _of(user, top, match)


def read(place: Place) -> Claim:
    claim = Claim()
    found = [(top, match) for top in place.tops if not top.is_dir and (match := _FILE.fullmatch(top.name))]
    people: dict[str, tuple[str, str | None]] = {}
    for top, match in found:
        if match["text"]:
            text = _text(place, top.name)
            told = _NAME.fullmatch(text.split("\n", 1)[0])
            if told and f"_{match['before']}".endswith(f"_{told['user']}"):
                people[match["before"]] = (told["user"], told["name"] or None)
            if all(words in text for words in _NO_TEXT):
                claim.used.add(top.name)  # nothing of the student's is in it
    for top, match in found:
        if top.name not in claim.used:
            claim.parts.append(Part(top, _owner(top, match, people, place)))
    return claim


def _text(place: Place, name: str) -> str:
    try:
        return decode(place.read(name)[:_MAX_TEXT], cookie=False).text or ""
    except UsageError:
        return ""  # a damaged text costs a name, not the class


def _owner(top: Top, match: re.Match[str], people: dict[str, tuple[str, str | None]], place: Place) -> Owner:
    before = match["before"]
    user, name = people.get(before) or (None, None)
    titles = {b.removesuffix(f"_{u}") for b, (u, _) in people.items()} if user is None else set()
    user = user or next((before.removeprefix(f"{t}_") for t in sorted(titles) if before.startswith(f"{t}_")), None)
    if user is None and place.roster is not None:
        user = next((u for u in _users(before) if place.roster.find(Owner(u, "blackboard"))), None)
    owner = _of(user or before.rsplit("_", 1)[1], top, match)
    return replace(owner, name=name, received=_time(match["time"], place.tz))


def _of(user: str, top: Top, match: re.Match[str]) -> Owner:
    file = match["file"] or top.name
    return Owner(user, "blackboard", file=file, attempt=match["time"], others=(("username", user),))


def _users(before: str) -> Iterable[str]:
    """What may be the username, longest first."""
    words = before.split("_")
    return ("_".join(words[i:]) for i in range(1, len(words)))


def _time(text: str, tz: tzinfo) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d-%H-%M-%S").replace(tzinfo=tz)
    except ValueError:
        return None
