"""Read the class list: what the university, an LMS or a spreadsheet wrote, as it is.

Columns are found by their titles, in English and in Japanese. A row without a student id goes by
another id of its own and is listed; a row without any is listed, too. Two rows with one id refuse
the list: whose work would it be?
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ..errors import UsageError, reason
from ..i18n import Text
from ..model import Note
from .files import capped
from .identity import readable
from .roster import IDS, NUMBERED, Roster, RosterRow
from .table import Line, Table, find_table, normal, squeezed
from .texts import note

_LOGIN = "username | user name | ユーザ名 | ユーザー名 | sis login id | login id | login | ログイン名"
HEADERS: Mapping[str, Sequence[str]] = {
    field: [title.strip() for title in titles.split("|")]
    for field, titles in {
        "student": "student id | student no | 学籍番号 | 学生番号 | 学生証番号 | 学籍id | 学生id | "
        "学籍番号/教職員番号 | id number | idnumber | idナンバー | idナンバ | student number | sis user id | "
        f"sis id | student sis id | student | 学生 | matrikelnummer | matriculation number | id | {_LOGIN}",
        "username": f"{_LOGIN} | ユーザid | ユーザーid | ログインid",
        "name": "name | full name | student name | display name | 氏名 | 名前 | 姓名 | フルネーム | 学生氏名 | "
        "氏名漢字 | first name / last name | first name / surname | last name / first name | 姓 / 名 | "
        "名 / 姓 | student",
        "given": "first name | given name | forename | 名 | vorname",
        "family": "last name | surname | family name | 姓 | 氏 | 苗字 | nachname",
        "email": "email | email address | mail | mail address | メール | メールアドレス | eメール | 学生メールアドレス",
        "moodle": "moodle | moodle id | participant | participant number | identifier | 識別子",
        "canvas": "canvas | canvas id | canvas user id | user id | id",
        "blackboard": "blackboard | blackboard username | blackboard id",
        "gradescope": "gradescope | gradescope sid | sid",
        "manaba": "manaba | manaba id | manaba ユーザid | manaba ユーザーid",
        "webclass": "webclass | webclass id | webclass ユーザid | webclass ユーザーid",
        "github": "github | github username | github user | github ユーザ名 | github ユーザー名 | github id",
        "sis": "sis | sis id | sis user id",
        "lti": "lti | lti user id | lti id | lti sub",
        "role": "role | roles | ロール | 役割 | 権限",
    }.items()
}
# Any of these columns is enough to tell who is who.
_NEEDED = [("student", *IDS)]
# What serves as an id where the student's own is missing, numbers of one LMS last.
_BEST = ("sis", "gradescope", "username")
_INSTEAD = (*_BEST, *(column for column in IDS if column not in (*_BEST, *NUMBERED)), *NUMBERED)
_PARTICIPANT = re.compile(r"(?:participant|参加者|\D{4,} )\s*(\d+)")
_DAMAGED = re.compile(r"\d+(?:[.,]\d+)?e\+?\d+|#{3,}|#(?:ref|value|name|num|div/0)[!?]?")
_NOTHING = frozenset(["-", "--", "―", "ー", "n/a", "#n/a", "なし", "未登録"])
# Rows of a gradebook that are nobody.
_NOBODY = frozenset({"points possible", "student, test", "test student"})
# Below the list in a spreadsheet.
_SUMS = frozenset({"合計", "計", "総計", "小計", "人数", "平均", "total", "sum", "average", "mean"})
_STAFF = re.compile(
    "teacher|instructor|lecturer|professor|assistant|designer|observer|manager|tutor|grader|ta|owner|"
    ".*(?:教師|教員|講師|教授|アシスタント|マネージャ|オブザーバ)"
)


def read_roster(path: Path) -> Roster:
    """Read a roster: CSV or .xlsx, one line a student, columns found by their header (`HEADERS`).

    Raises
    ------
    UsageError
        ``path:line: what is wrong``: no such file, no id column, a repeated id, nobody in it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        why = reason(error)
        raise UsageError(Text(f"{path}: {why.en}", f"{path}: 読み込めません（{why.ja}）")) from None
    table = _table(data, str(path))
    notes: list[Note] = []
    rows = list(_rows(table, str(path), notes))
    rows = _once(rows)
    for column in ("student", *IDS):
        _refuse_duplicates(rows, column, path)
    if not rows:
        told = capped(notes)
        en, ja = "".join(f"\n  {n.text.en}" for n in told), "".join(f"\n  {n.text.ja}" for n in told)
        raise UsageError(Text(f"{path}: no student in it.{en}", f"{path}: 学生が 1 人もいません。{ja}"))
    return Roster(rows, capped(notes))


def _table(data: bytes, where: str) -> Table:
    table = find_table(data, where, HEADERS, _NEEDED)
    titles = {squeezed(title) for title in table.header}
    first: dict[str, Sequence[str]] = {}
    if {"studentsisid", "studentid"} <= titles:  # Canvas's "Student ID" is its own number
        first = {"canvas": ("student id",), "student": ("student sis id",)}
    elif {"student", "id", "section"} <= titles:  # Canvas's gradebook: "Student" is the name
        first = {"name": ("student",), "canvas": ("id",), "student": ("sis user id", "sis login id")}
    elif {"githubusername", "identifier"} <= titles:  # GitHub Classroom's own word for a student id
        first = {"student": (*HEADERS["student"], "identifier")}
    elif _is_worksheet(table):  # the Japanese grading worksheet of Moodle calls its participants "ID"
        first = {"moodle": ("id", *HEADERS["moodle"])}
    rest = {field: titles for field, titles in HEADERS.items() if field not in first}
    return find_table(data, where, first | rest, _NEEDED) if first else table


def _is_worksheet(table: Table) -> bool:
    column = next((i for i, title in enumerate(table.header) if squeezed(title) == "id"), None)
    field = next((f for f, at in table.columns.items() if at == column), None)
    values = [line.get(field) for line in table.lines] if field else []
    return any(values) and all(v is None or _PARTICIPANT.fullmatch(normal(v)) for v in values)


def _rows(table: Table, where: str, notes: list[Note]) -> Iterator[RosterRow]:
    own = {normal(_id(line.get("student")) or "") for line in table.lines}
    has_ids = "student" in table.columns
    for line in table.lines:
        at, name = f"{where}:{line.number}", _name(line)
        if normal(name or "") in _NOBODY or normal(line.get("student") or "") in _SUMS:
            continue
        if any(_STAFF.fullmatch(word) for word in _words(line.get("role"))):
            notes.append(note("roster_staff", path=at, name=name or "", role=line.get("role") or ""))
            continue
        ids = {column: value for column in IDS if (value := _id(line.get(column)))}
        if "moodle" in ids:
            number = re.search(r"\d+$", normal(ids.pop("moodle")))  # "Participant 4", "参加者 4"
            ids |= {"moodle": number[0]} if number else {}
        student = _id(line.get("student"))
        if student is None:
            other = (ids[column] for column in _INSTEAD if column in ids)
            student = next((value for value in other if normal(value) not in own), None)
            damaged = line.get("student") if _is_damaged(line.get("student")) else None
            code = "roster_damaged" if damaged else "roster_no_id" if student else "roster_nobody"
            if (has_ids and (student or name or damaged)) or (not student and name):
                who = f"{name or '?'}" + (f" = {student}" if student else "")
                notes.append(note(code, path=at, name=who, value=damaged or ""))
        if student is not None:
            yield RosterRow(readable(student), name, ids, line.number)


def _words(role: str | None) -> list[str]:
    return re.split(r"[\s,;/・、]+", normal(role or "")) if role else []


def _name(line: Line) -> str | None:
    given, family = line.get("given"), line.get("family")
    if line.get("name") or not (given or family):
        return line.get("name")
    japanese = not f"{given}{family}".isascii()
    return " ".join(part for part in ((family, given) if japanese else (given, family)) if part)


def _is_damaged(text: str | None) -> bool:
    return text is not None and _DAMAGED.fullmatch(normal(text)) is not None


def _id(text: str | None) -> str | None:
    """An id without what a spreadsheet has put to it; None for a dash, and for what it has destroyed."""
    if text is None or normal(text) in _NOTHING or _is_damaged(text):
        return None
    number = re.fullmatch(r"(\d+)\.0+|(\d{1,3}(?:,\d{3})+)", text)
    return (number[1] or number[2].replace(",", "")) if number else text


def _once(rows: Sequence[RosterRow]) -> list[RosterRow]:
    """A student who is listed in several sections is one row."""
    found: dict[str, RosterRow] = {}
    for row in rows:
        key = normal(row.student)
        first = found.setdefault(key, row)
        agree = first.name and normal(first.name) == normal(row.name or "")
        if first is not row and agree and all(normal(first.ids.get(c, v)) == normal(v) for c, v in row.ids.items()):
            found[key] = replace(first, ids={**row.ids, **first.ids})
        elif first is not row:
            found[f"{key}\0{row.line}"] = row
    return list(found.values())


def _refuse_duplicates(rows: Sequence[RosterRow], column: str, path: Path) -> None:
    seen: dict[str, RosterRow] = {}
    for row in rows:
        value = row.get(column)
        if value and normal(value) in seen:
            first = seen[normal(value)].line
            raise UsageError(
                Text(
                    f"{path}:{row.line}: {column} {value!r} is given twice (first in line {first})",
                    f"{path}:{row.line}: {column} の値 {value!r} が重複しています（{first} 行目にもあります）",
                )
            )
        if value:
            seen[normal(value)] = row
