"""WebClass's grading data: ``answer.csv`` names the file of each user.

The table is documented for the way back in (a teacher hands in for students by writing a
file's name into the column ``report/answer``); that the download has the same columns is an
assumption, so whatever the table does not name goes on to the readers after this one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from ..files import Top
from ..owner import Owner, Part
from ..readings import doubtful
from ..table import normal, read_table
from ..texts import note
from ..times import moment
from .place import Claim, Place

MANIFEST = "answer.csv"
_HEADERS: Mapping[str, tuple[str, ...]] = {
    "user": ("ユーザid", "ユーザーid", "user id", "userid", "ログインid", "login id", "学籍番号", "学生番号", "id"),
    "report": ("report/answer", "report", "answer", "レポート", "提出ファイル", "レポート/回答", "回答"),
    "name": ("氏名", "名前", "ユーザ名", "ユーザー名", "name", "user name"),
    "time": ("提出日時", "回答日時", "提出日", "日時", "date", "submitted at"),
}


def read(place: Place) -> Claim:
    manifest = place.file(MANIFEST)
    if manifest is None:
        return Claim()
    claim = Claim(used={manifest.name})
    where = place.where(manifest.name)
    listed = [
        (line.get("user"), name, sure, line)
        for line in read_table(place.read(manifest.name), where, _HEADERS, ["user", "report"])
        for name, sure in _files(line.get("report") or "", place.tops)
    ]
    surely = {name: user for user, name, sure, _ in listed if sure}
    owners: dict[Top, list[Owner]] = {}
    for user, name, sure, line in listed:
        top = _top(name, place.tops)
        if user is None or top is None or (not sure and surely.get(name, user) != user):
            claim.notes.append(note("listed_not_there", path=f"{where}:{line.number}", name=name))
            continue
        owner = Owner(
            user,
            "webclass",
            line.get("name"),
            file=None if top.is_dir else _plain(top.name, user),
            received=moment(line.get("time") or "", place.tz),
            others=(("username", user),),
        )
        if owner not in owners.setdefault(top, []):
            owners[top].append(owner)
    # Students name their own files, so a file that two lines name is one student's, and nobody knows whose.
    claim.parts = [Part(t, found[0] if len(found) == 1 else doubtful(t, found)) for t, found in owners.items()]
    return claim


def _files(cell: str, tops: Sequence[Top]) -> list[tuple[str, bool]]:
    """The files of a cell, and whether the cell is exactly that file's name, which may hold the separators."""
    whole = _top(cell, tops)
    if whole is not None:
        return [(whole.name, whole.name == cell)]
    names = (name.strip() for name in re.split(r"[;\n|]", cell.replace("\\", "/")))
    found = [(name, _top(name, tops) or _top(PurePosixPath(name).name, tops)) for name in names if name]
    return [(top.name if top else name, False) for name, top in found]


def _top(name: str, tops: Sequence[Top]) -> Top | None:
    """The only entry of this name, spelled like that or else nearly so."""
    exact = [top for top in tops if top.name == name]
    near = exact or [top for top in tops if normal(top.name) == normal(name)]
    return near[0] if len(near) == 1 else None


def _plain(name: str, user: str) -> str:
    """The file's name without the user's id that may go before it."""
    cut = re.match(rf"{re.escape(user)}[_@\- ]+(?=.)", name, re.IGNORECASE)
    return name[cut.end() :] if cut else name
