"""Canvas's "Download Submissions": files whose names carry the user's id.

``yamadataro_LATE_12345_678_relu.py`` is name, mark, user, attachment and file; an anonymous one
begins ``LATE_anon_x7Yz1_678_``, a text entry ends ``_12345_text.html``. A name may hold ``_`` and
digits, and so may what the student called the file: ``student_5_12349_678_relu.py`` is a file
``678_relu.py`` of user 5, or ``relu.py`` of user 12349. What else the download tells decides: an
attachment is there once, and a user has one name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from ..files import Top
from ..owner import Owner

_ANONYMOUS = re.compile(
    r"(?P<late>LATE_)?anon_(?P<id>[0-9A-Za-z]+)_(?:(?P<attachment>[0-9]+)_(?P<file>.+)|(?P<page>text\.html|link\.html))",
    re.DOTALL,
)
_PAGES = ("text.html", "link.html")
_NUMBER = re.compile(r"[0-9]+")
_MOST = 16


def readings(top: Top) -> list[Owner]:
    """What the name may mean, the shortest user name first."""
    if top.is_dir:
        return []
    words = top.name.split("_", 64)
    found = []
    anonymous = _ANONYMOUS.fullmatch(top.name)
    if anonymous:
        file = anonymous["file"] or anonymous["page"]
        key, late = f"anon_{anonymous['id']}", bool(anonymous["late"])
        found.append(Owner(key, "canvas", None, late, file, mark=anonymous["attachment"] or ""))
    for i in range(len(words) - 1):
        rest = "_".join(words[i + 1 :])
        attached = i + 2 < len(words) and _NUMBER.fullmatch(words[i + 1]) and rest != f"{words[i + 1]}_"
        if not _NUMBER.fullmatch(words[i]) or not (attached or rest in _PAGES):
            continue
        if anonymous and words[:i] in (["anon"], ["LATE", "anon"]):
            continue  # the same number, read as anonymous already
        late = i > 0 and words[i - 1] == "LATE"
        name = "_".join(words[: i - late])
        file = rest.removeprefix(f"{words[i + 1]}_") if attached else rest
        found.append(Owner(words[i], "canvas", name or None, late, file, mark=words[i + 1] if attached else ""))
        if len(found) == _MOST:
            break
    return found


def agreeing(entries: Mapping[str, Sequence[Owner]]) -> dict[str, list[Owner]]:
    """The readings of each entry that the download as a whole does not refute; there may be none."""
    times = Counter((owner.name, owner.key, owner.mark) for found in entries.values() for owner in found if owner.mark)
    left = {entry: [o for o in found if times[o.name, o.key, o.mark] < 2] for entry, found in entries.items()}
    names: dict[str, set[str | None]] = {}
    for found in left.values():
        if len(found) == 1:
            names.setdefault(found[0].key, set()).add(found[0].name)
    return {
        entry: found if len(found) == 1 else [o for o in found if o.name in names.get(o.key, {o.name})]
        for entry, found in left.items()
    }
