from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from autograder.collect import collect
from autograder.collect.times import moment

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20T17:30:00+09:00",
        "2026-11-20 17:30",
        "2026/11/20 17:30",
        "2026/11/20 17:30:00",
        "2026/11/20  5:30 PM",
        "2026/11/20 午後5:30",
        "2026/11/20(金) 17:30",
        "2026/11/20（金）17:30",
        "2026年11月20日 17:30",
        "2026年11月20日17時30分",
        "2026年11月20日(金曜日) 17:30",
        "２０２６／１１／２０　１７：３０",
        "令和8年11月20日 17:30",
        "R8.11.20 17:30",
        "46346.7291666667",
        "2026-11-20T08:30:00Z",
    ],
)
def test_a_time_is_read_as_excel_writes_it_in_japan(text: str) -> None:
    assert moment(text, TOKYO) == datetime(2026, 11, 20, 17, 30, tzinfo=TOKYO)


@pytest.mark.parametrize("text", ["2026/11/20", "2026年11月20日", "46346", "令和8年11月20日"])
def test_a_day_alone_begins_at_midnight(text: str) -> None:
    assert moment(text, TOKYO) == datetime(2026, 11, 20, tzinfo=TOKYO)


@pytest.mark.parametrize(
    "text", ["", "soon", "11/20/2026", "20.11.2026 17:30", "2026/13/1", "17:30", "2026/11/20 25:00", "8/11/20"]
)
def test_anything_else_is_no_time(text: str) -> None:
    assert moment(text, UTC) is None


def test_received_csv_is_read_as_excel_saves_it(folder: Callable[..., Path]) -> None:
    table = '学籍番号,提出日時\r\n="s1",2026/11/20 17:30\r\n'.encode("cp932")
    (entry,) = collect(folder({"s1/relu.py": "x", "received.csv": table}), ["relu"], tz=TOKYO).entries
    assert entry.read().received_at == datetime(2026, 11, 20, 17, 30, tzinfo=TOKYO)
