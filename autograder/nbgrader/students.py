"""What ``init`` puts into nbgrader's gradebook: the students of the roster, and due dates.

The same as ``nbgrader db student import`` and the formgrader's dialogue would, in one go.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..collect.roster import Roster, RosterRow
from ..errors import GraderError, UsageError
from ..i18n import Text

DATABASE = "gradebook.db"
# nbgrader makes a folder of an id, looks for folders by patterns, and separates by "+".
_UNUSABLE = re.compile(r"[/\\+*?\[\]\0]|^\.|^-|\s")


def check_ids(roster: Roster, path: Path) -> None:
    """Refuse ids that nbgrader cannot work with.

    Raises
    ------
    UsageError
        ``path:line: ...``.
    """
    for row in roster.rows:
        if not usable(row.student):
            raise UsageError(
                Text(
                    f"{path}:{row.line}: nbgrader makes a folder for each student, and cannot for {row.student!r}: "
                    "no spaces, no / \\ + * ? [ ], and no . or - at the beginning",
                    f"{path}:{row.line}: nbgrader は学生ごとにフォルダーを作りますが、{row.student!r} という名前では"
                    "作れません。空白や / \\ + * ? [ ] は使えず、. や - で始めることもできません",
                )
            )


def usable(student: str) -> bool:
    """Whether nbgrader can work with a student of this id."""
    return bool(student) and _UNUSABLE.search(student) is None


def changed_due_dates(root: Path, course_id: str, wanted: dict[str, datetime | None]) -> list[str]:
    """Assignments whose due date in the gradebook is another one than the course's."""
    if not (root / DATABASE).is_file():
        return []
    with _open(root, course_id) as gradebook:
        there = {a.name: a.duedate for a in gradebook.assignments}
    return [name for name, due in wanted.items() if there.get(name) not in (None, _utc(due))]


def record(root: Path, course_id: str, roster: Roster | None, due: dict[str, datetime | None]) -> None:
    """Create or update students and assignments.

    Parameters
    ----------
    due
        By assignment; aware. None leaves a due date that is there alone.
    """
    with _open(root, course_id) as gradebook:
        for row in roster.rows if roster else ():
            gradebook.update_or_create_student(row.student, **_student(row))
        for name, moment in due.items():
            gradebook.update_or_create_assignment(name, **({} if moment is None else {"duedate": _utc(moment)}))


def split_name(name: str) -> tuple[str, str | None]:
    """Family and given name, for nbgrader's two columns; a name of one word is a family name.

    ``Yamada, Taro`` says it itself. Without a comma the family name comes first in Japanese,
    Chinese and Korean writing, and last in others.
    """
    if "," in name:
        family, given = name.split(",", 1)
        return family.strip(), given.strip() or None
    words = unicodedata.normalize("NFKC", name).split()
    if len(words) < 2:
        return name.strip(), None
    if any(unicodedata.name(ch, "").startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL")) for ch in name):
        return words[0], " ".join(words[1:])
    return words[-1], " ".join(words[:-1])


def _student(row: RosterRow) -> dict[str, str | None]:
    ids = row.ids
    known: dict[str, str | None] = {"email": ids.get("email"), "lms_user_id": ids.get("canvas") or ids.get("moodle")}
    if row.name:
        known["last_name"], known["first_name"] = split_name(row.name)
    return {field: value for field, value in known.items() if value is not None}


@contextmanager
def _open(root: Path, course_id: str) -> Iterator[Any]:
    from nbgrader.api import Gradebook
    from sqlalchemy.exc import SQLAlchemyError

    path = root / DATABASE
    try:
        with _alembic_on_path(), Gradebook(f"sqlite:///{path}", course_id) as gradebook:
            yield gradebook
    except SQLAlchemyError as error:
        reason = str(error).splitlines()[0]
        raise GraderError(
            Text(
                f"{path}: no gradebook of this nbgrader, or damaged ({reason})",
                f"{path}: この nbgrader の成績簿ではないか、壊れています（{reason}）",
            )
        ) from None


@contextmanager
def _alembic_on_path() -> Iterator[None]:
    """nbgrader runs ``alembic`` for a new gradebook; it lies beside Python, where no PATH points unless activated."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([before, str(Path(sys.executable).parent)])
    try:
        yield
    finally:
        os.environ["PATH"] = before


def _utc(moment: datetime | None) -> datetime | None:
    """nbgrader stores UTC without saying so."""
    return None if moment is None else moment.astimezone(UTC).replace(tzinfo=None)
