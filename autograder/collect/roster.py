"""The class list, and who of it handed in a given entry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import UsageError
from ..i18n import Text
from .lms import Owner
from .table import Line, normal, read_table

HEADERS = {
    "student": [
        "student id",
        "学籍番号",
        "学生番号",
        "学生証番号",
        "id number",
        "idnumber",
        "idナンバー",
        "sis user id",
        "student",
        "学生",
        "id",
        "username",
        "user name",
        "ユーザ名",
        "ユーザー名",
        "sis login id",
        "login id",
        "login",
    ],
    "username": [
        "username",
        "user name",
        "ユーザ名",
        "ユーザー名",
        "ユーザid",
        "ユーザーid",
        "sis login id",
        "login id",
        "login",
    ],
    "name": ["name", "full name", "fullname", "student name", "氏名", "名前", "姓名", "student"],
    "email": ["email", "e mail", "email address", "mail", "メール", "メールアドレス"],
    "moodle": ["moodle", "moodle id", "participant", "participant number", "identifier", "識別子"],
    "canvas": ["canvas", "canvas id", "canvas user id", "user id", "id"],
}
# Rows of a Canvas gradebook that are nobody.
_NOBODY = frozenset({"points possible", "student, test"})


@dataclass(frozen=True)
class RosterRow:
    """One student of the class; ``student`` is the key of everything, spelled as the roster does."""

    student: str
    name: str | None = None
    email: str | None = None
    username: str | None = None
    moodle: str | None = None
    canvas: str | None = None
    line: int = 0

    @property
    def ids(self) -> dict[str, str]:
        """How LMSs name this student, as far as the roster tells."""
        known = {field: getattr(self, field) for field in ("moodle", "canvas", "username", "email")}
        return {field: value for field, value in known.items() if value}


class Roster:
    """The students of a class.

    Parameters
    ----------
    rows
        Their ids differ even after `normal`.
    """

    def __init__(self, rows: Iterable[RosterRow]) -> None:
        self.rows = tuple(rows)
        self._by = {f: _index(self.rows, f) for f in ("student", "email", "username", "moodle", "canvas")}
        self._by_name: dict[str, list[RosterRow]] = {}
        for row in self.rows:
            for key in _name_keys(row.name or ""):
                self._by_name.setdefault(key, []).append(row)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, student: str) -> bool:
        return normal(student) in self._by["student"]

    def get(self, student: str) -> RosterRow | None:
        """The row with this id."""
        return self._by["student"].get(normal(student))

    def find(self, owner: Owner) -> RosterRow | None:
        """Who this is: by LMS number, id, username, email, then by a name that only one has.

        A participant number of Moodle can equal someone else's id, so the column for it goes
        first, and without that column an id counts only if the names do not contradict it.
        """
        key = normal(owner.key)
        if owner.lms is not None:
            row = self._by[owner.lms].get(key)
            if row is None and not self._by[owner.lms]:
                row = self._by["student"].get(key)
                row = row if row is None or _same_name(row.name, owner.name) else None
        else:
            # manaba's folders: number@user@anything
            candidates = [key, *key.split("@")] if "@" in key else [key]
            row = next(
                (r for c in candidates for f in ("student", "username", "email") if (r := self._by[f].get(c))), None
            )
        if row is None:
            same = self.named(owner.name or owner.key)
            row = same[0] if len(same) == 1 else None
        return row

    def named(self, name: str) -> list[RosterRow]:
        """Everyone of this name, whichever of the two parts comes first."""
        found = [row for key in sorted(_name_keys(name)) for row in self._by_name.get(key, [])]
        return list(dict.fromkeys(found))


def read_roster(path: Path) -> Roster:
    """Read a roster: CSV, one line a student, columns found by their header (`HEADERS`).

    Raises
    ------
    UsageError
        ``path:line: what is wrong``: no such file, no id column, a missing or repeated id.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(Text(f"{path}: {reason}", f"{path}: 読み込めません（{reason}）")) from None
    lines = [x for x in read_table(data, str(path), HEADERS, ["student"]) if normal(x.get("name") or "") not in _NOBODY]
    rows = [_row(line, path) for line in lines]
    for field in ("student", "email", "username", "moodle", "canvas"):
        _refuse_duplicates(rows, field, path)
    return Roster(rows)


def _row(line: Line, path: Path) -> RosterRow:
    student = line.get("student")
    if student is None:
        raise UsageError(
            Text(
                f"{path}:{line.number}: the student id is missing", f"{path}:{line.number}: 学籍番号（ID）がありません"
            )
        )
    moodle = re.search(r"\d+$", normal(line.get("moodle") or ""))
    return RosterRow(
        student,
        line.get("name"),
        line.get("email"),
        line.get("username"),
        moodle[0] if moodle else None,
        line.get("canvas"),
        line.number,
    )


def _refuse_duplicates(rows: list[RosterRow], field: str, path: Path) -> None:
    seen: dict[str, RosterRow] = {}
    for row in rows:
        value = getattr(row, field)
        if value and normal(value) in seen:
            first = seen[normal(value)].line
            raise UsageError(
                Text(
                    f"{path}:{row.line}: {field} {value!r} is given twice (first in line {first})",
                    f"{path}:{row.line}: {field} の値 {value!r} が重複しています（{first} 行目にもあります）",
                )
            )
        if value:
            seen[normal(value)] = row


def _index(rows: Iterable[RosterRow], field: str) -> Mapping[str, RosterRow]:
    return {normal(value): row for row in rows if (value := getattr(row, field))}


def _name_keys(name: str) -> set[str]:
    """A name with nothing but its letters, in both orders: LMSs drop punctuation and turn names around."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name.replace("'", "").replace("|", "")).casefold())
    words = [w.replace("_", "") for w in words]
    return {key for key in ("".join(words), "".join(reversed(words))) if key}


def _same_name(a: str | None, b: str | None) -> bool:
    return not a or not b or bool(_name_keys(a) & _name_keys(b))
