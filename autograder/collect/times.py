"""Moments as people, LMSs and Excel write them, in Japan and elsewhere."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta, tzinfo

_EPOCH = datetime(1899, 12, 30)  # so that Excel's day 60, which never was, does no harm after March 1900
_SERIAL = re.compile(r"\d{4,6}(\.\d+)?")
_ERAS = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988}
_WRITTEN = re.compile(
    r"(?:(?P<era>令和|平成|[rh])\s*)?(?P<year>\d{1,4}|元)\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
    r"\s*(?:\([^()]{1,9}\))?\s*t?\s*"
    r"(?:(?P<before>午前|午後|am|pm)?\s*(?P<hour>\d{1,2})\s*[:時]\s*(?P<minute>\d{1,2})?\s*分?"
    r"(?:\s*:?\s*(?P<second>\d{1,2})(?:\.\d+)?\s*秒?)?\s*(?P<after>am|pm)?)?"
)


def moment(text: str, tz: tzinfo) -> datetime | None:
    """A time in a cell: ISO 8601, ``2026/11/20 17:30``, ``2026年11月20日 午後5時30分``, or Excel's count of days.

    A time without an offset is in `tz`; a day alone begins at midnight. None for anything else.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    try:
        if _SERIAL.fullmatch(plain):
            return (_EPOCH + timedelta(seconds=round(float(plain) * 86400))).replace(tzinfo=tz)
        try:
            time = datetime.fromisoformat(plain)
        except ValueError:
            time = _written(plain.casefold())
    except (ValueError, OverflowError):
        return None
    return time if time.tzinfo else time.replace(tzinfo=tz)


def _written(text: str) -> datetime:
    found = _WRITTEN.fullmatch(text)
    if found is None or (found["era"] is None and len(found["year"]) != 4):
        raise ValueError(text)
    year = (1 if found["year"] == "元" else int(found["year"])) + _ERAS.get(found["era"] or "", 0)
    hour = int(found["hour"] or 0)
    half = found["before"] or found["after"]
    if half and not hour <= 12:
        raise ValueError(text)
    hour = hour % 12 + 12 * (half in ("午後", "pm")) if half else hour
    return datetime(
        year, int(found["month"]), int(found["day"]), hour, int(found["minute"] or 0), int(found["second"] or 0)
    )
