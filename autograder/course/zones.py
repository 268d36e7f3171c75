"""Time zones: which IANA name somebody meant who wrote another one.

An abbreviation is no misspelling: ``JST`` looks like ``MST``, which is 16 hours away. So it is
looked up, and where it means several offsets (``CST``, ``IST``) nothing is suggested.
"""

from __future__ import annotations

import difflib
from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from ..i18n import Text

# Of several cities with one clock, the one that most people know.
_KNOWN = (
    "Asia/Tokyo",
    "Asia/Seoul",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Kolkata",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "Europe/London",
    "Europe/Paris",
    "Europe/Athens",
    "Europe/Moscow",
    "Australia/Sydney",
)
_SEASONS = (datetime(2026, 1, 15, 12), datetime(2026, 7, 15, 12))
_NEAR = 0.85


def suggestion(name: str) -> Text:
    """`` (did you mean 'Asia/Tokyo'?)``, or nothing where no zone is surely meant."""
    zone = _meant(name)
    return Text(f" (did you mean {zone!r}?)", f"（{zone!r} のことでしょうか）") if zone else Text("", "")


def _meant(name: str) -> str | None:
    cities = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    wanted = "_".join(name.split()).casefold()
    spelled = [z for z in cities if wanted in (z.casefold(), z.casefold().rpartition("/")[2])]
    if spelled:
        return spelled[0] if len({_clock(zone) for zone in spelled}) == 1 else None
    if "/" not in wanted:
        same = [zone for zone in cities if wanted.upper() in _abbreviations(zone)]
        return _best_known(same) if len({_clock(zone) for zone in same}) == 1 else None
    near = difflib.get_close_matches(wanted, [zone.casefold() for zone in cities], 1, _NEAR)
    return next((zone for zone in cities if near and zone.casefold() == near[0]), None)


def _best_known(zones: list[str]) -> str:
    return next((zone for zone in _KNOWN if zone in zones), zones[0])


def _abbreviations(zone: str) -> set[str | None]:
    return {season.replace(tzinfo=ZoneInfo(zone)).tzname() for season in _SEASONS}


def _clock(zone: str) -> tuple[object, ...]:
    return tuple(season.replace(tzinfo=ZoneInfo(zone)).utcoffset() for season in _SEASONS)
