"""``received.csv``: the arrival times of a folder of submissions, where file times mean nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo

from ..errors import UsageError
from ..i18n import Text
from .table import normal, read_table
from .times import moment

NAME = "received.csv"
_HEADERS: Mapping[str, tuple[str, ...]] = {
    "student": ("student", "student id", "学籍番号", "学生番号", "学生", "id"),
    "received_at": ("received at", "received", "submitted at", "受付日時", "提出日時"),
}


def read_received(data: bytes, where: str, tz: tzinfo) -> dict[str, tuple[int, datetime]]:
    """Student (as `normal` makes it) -> line number and time. A time without an offset is in `tz`.

    Raises
    ------
    UsageError
        ``path:line: what is wrong``; also when a student appears twice.
    """
    found: dict[str, tuple[int, datetime]] = {}
    for line in read_table(data, where, _HEADERS, ["student", "received_at"]):
        student, time = line.get("student") or "", line.get("received_at") or ""
        received = moment(time, tz)
        if received is None:
            raise UsageError(
                Text(
                    f"{where}:{line.number}: {time!r} is not an ISO 8601 time such as 2026-11-21T17:00:00+09:00, "
                    "nor one as Excel writes it (2026/11/21 17:00)",
                    f"{where}:{line.number}: {time!r} を日時として読めません。2026-11-21T17:00+09:00（ISO 8601）か、"
                    "2026/11/21 17:00 のように書いてください",
                )
            )
        if not student or normal(student) in found:
            en, ja = (
                ("is missing", "がありません")
                if not student
                else (f"{student!r} is given twice", f"{student!r} が重複しています")
            )
            raise UsageError(Text(f"{where}:{line.number}: student {en}", f"{where}:{line.number}: 学生 {ja}"))
        found[normal(student)] = (line.number, received)
    return found
