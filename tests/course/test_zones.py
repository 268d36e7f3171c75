from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from autograder.course.zones import suggestion


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("JST", "Asia/Tokyo"),
        ("jst", "Asia/Tokyo"),
        ("KST", "Asia/Seoul"),
        ("PDT", "America/Los_Angeles"),
        ("CEST", "Europe/Paris"),
        ("Tokyo", "Asia/Tokyo"),
        ("asia/tokyo", "Asia/Tokyo"),
        ("Asia/Tokio", "Asia/Tokyo"),
        ("America/New York", "America/New_York"),
    ],
)
def test_a_city_of_the_zone_that_was_meant_is_suggested(written: str, zone: str) -> None:
    assert suggestion(written).en == f" (did you mean {zone!r}?)"
    assert zone in suggestion(written).ja


@pytest.mark.parametrize("written", ["CST", "IST", "PST", "JTS", "UTC+9", "+09:00", "東京", "Asia/Osaka", "M/Base", ""])
def test_where_no_zone_is_surely_meant_none_is_suggested(written: str) -> None:
    assert suggestion(written).en == suggestion(written).ja == ""


@pytest.mark.parametrize("written", ["JST", "EDT", "MSK", "HKT", "WIB", "AKST", "NZST", "SAST"])
def test_an_abbreviation_never_leads_to_a_zone_with_another_name(written: str) -> None:
    said = suggestion(written).en
    if said:
        zone = ZoneInfo(said.split("'")[1])
        assert written in {datetime(2026, month, 15, tzinfo=zone).tzname() for month in (1, 7)}
