"""Gradescope's "Download Submissions": a folder a submission, and a YAML file that says whose.

``submission_metadata.yml`` is keyed by folder; its keys are Ruby symbols (``:submitters:``), and
a group's submission has several submitters. It also holds every result and the whole history,
with all that the autograder ever printed, so it is read as a stream of events and only what
is wanted is kept. Scalars stay text: an id ``0012345`` is no octal number here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any

import yaml

from ...errors import UsageError
from ...i18n import Text
from ..owner import Owner, Part
from ..table import normal
from ..texts import note
from .place import Claim, Place

MANIFEST = "submission_metadata.yml"
_WANTED = frozenset({":submitters", ":created_at"})
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read(place: Place) -> Claim:
    manifest = place.file(MANIFEST)
    if manifest is None:
        return Claim()
    known = submissions(place.read(manifest.name), place.where(manifest.name), place.tz)
    claim = Claim(used={manifest.name})
    tops = {normal(top.name): top for top in place.tops}
    for folder, owners in known.items():
        top = tops.get(normal(folder))
        if top is None:
            claim.notes.append(note("listed_not_there", path=place.where(manifest.name), name=folder))
            continue
        claim.parts += [Part(top, owner) for owner in owners]
    return claim


def submissions(data: bytes, where: str, tz: tzinfo) -> dict[str, list[Owner]]:
    """The submitters of each folder.

    Raises
    ------
    UsageError
        ``path:line: what is wrong``.
    """
    try:
        events = yaml.parse(data, Loader=_Loader)
        root = _root(events)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{mark.line + 1}" if mark else ""
        raise _unreadable(f"{where}{line}", str(error.problem or error.context)) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _unreadable(where, " ".join(str(error).split())) from None
    found: dict[str, list[Owner]] = {}
    for folder, about in root.items():
        people = about.get(":submitters")
        created = _time(about.get(":created_at"), tz)
        owners = [_owner(p, created) for p in people if isinstance(p, dict)] if isinstance(people, list) else []
        found[folder] = [o for o in owners if o is not None]
    return found


def _owner(person: dict[str, Any], created: datetime | None) -> Owner | None:
    sid, email, name = (_text(person.get(key)) for key in (":sid", ":email", ":name"))
    key = sid or email or name
    if key is None:
        return None
    others = (("email", email),) if email else ()
    return Owner(key, "gradescope", name, received=created, others=others, named=key is name)


def _text(value: Any) -> str | None:
    text = value.strip() if isinstance(value, str) else ""
    return text if text not in ("", "~", "null") else None


def _time(value: Any, tz: tzinfo) -> datetime | None:
    """``2026-11-20 08:30:05.123456789 Z``, as Ruby writes it."""
    text = _text(value)
    if text is None:
        return None
    try:
        time = yaml.SafeLoader("").construct_yaml_timestamp(yaml.ScalarNode("tag:yaml.org,2002:timestamp", text))
    except (ValueError, AttributeError, yaml.YAMLError):
        return None
    if not isinstance(time, datetime):
        return None
    return time if time.tzinfo else time.replace(tzinfo=tz)


def _root(events: Iterator[Any]) -> dict[str, dict[str, Any]]:
    """The outer mapping of mappings, with the wanted keys of the inner ones only."""
    for event in events:
        if isinstance(event, yaml.MappingStartEvent):
            break
        if isinstance(event, yaml.NodeEvent):
            raise ValueError("not a mapping")
    found: dict[str, dict[str, Any]] = {}
    while isinstance(event := next(events), yaml.ScalarEvent):
        folder, about = event.value, found.setdefault(event.value, {})
        event = next(events)
        if not isinstance(event, yaml.MappingStartEvent):
            raise ValueError(f"{folder} is not a mapping")
        while isinstance(event := next(events), yaml.ScalarEvent):
            value = next(events)
            if event.value in _WANTED:
                about[event.value] = _node(value, events)
            else:
                _skip(value, events)
    return found


def _node(event: Any, events: Iterator[Any]) -> Any:
    if isinstance(event, yaml.ScalarEvent):
        return event.value
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_node(event, events))
        return items
    if isinstance(event, yaml.MappingStartEvent):
        pairs = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = _node(event, events)
            value = _node(next(events), events)
            if isinstance(key, str):
                pairs[key] = value
        return pairs
    return None  # an alias


def _skip(event: Any, events: Iterator[Any]) -> None:
    depth = isinstance(event, yaml.CollectionStartEvent) + 0
    while depth:
        event = next(events)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)


def _unreadable(where: str, reason: str) -> UsageError:
    return UsageError(
        Text(
            f"{where}: not Gradescope's metadata ({reason}). Download the submissions again, or delete the file: "
            "each folder then counts as a student.",
            f"{where}: Gradescope のメタデータとして読めません（{reason}）。ダウンロードし直すか、"
            "このファイルを削除してください（その場合は各フォルダーを学生とみなします）。",
        )
    )
