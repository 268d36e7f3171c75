"""WebClass's grading data: ``answer.csv`` names the file of each user.

The table is documented for the way back in (a teacher hands in for students by writing a
file's name into the column ``report/answer``); that the download has the same columns is an
assumption, so whatever the table does not name goes on to the readers after this one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from ..owner import Claim, Owner, Part, Place
from ..sheet import moment
from ..table import normal, read_table
from ..texts import note

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
    tops = {normal(top.name): top for top in place.tops}
    for line in read_table(place.read(manifest.name), where, _HEADERS, ["user", "report"]):
        user = line.get("user")
        for name in _files(line.get("report") or ""):
            top = tops.get(normal(name)) or tops.get(normal(PurePosixPath(name).name))
            if user is None or top is None:
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
            claim.parts.append(Part(top, owner))
    return claim


def _files(cell: str) -> list[str]:
    return [name.strip() for name in re.split(r"[;\n|]", cell.replace("\\", "/")) if name.strip()]


def _plain(name: str, user: str) -> str:
    """The file's name without the user's id that may go before it."""
    cut = re.match(rf"{re.escape(user)}[_@\- ]+(?=.)", name, re.IGNORECASE)
    return name[cut.end() :] if cut else name
