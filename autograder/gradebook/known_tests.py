"""The ``test`` table: what a class shares of each test, kept once."""

from __future__ import annotations

import sqlite3
from fractions import Fraction

from ..i18n import Text
from ..model import TestResult
from .database import storable

_KEY = ("exercise", "name", "tier", "grp", "title_en", "title_ja", "max_points")
_Key = tuple[str, ...]


class TestTable:
    """Reads and extends the table; what was seen is kept in memory.

    Other processes may add rows meanwhile, and a transaction that fails takes back what was added
    in it: `forget` then.
    """

    __test__ = False

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._numbers: dict[_Key, int] = {}
        self._passed: dict[int, TestResult] = {}

    def number(self, exercise: str, test: TestResult) -> int:
        """The id of a test; one that is new is recorded, so call it in a transaction."""
        title = test.title
        raw = (exercise, test.name, test.tier, test.group, title.en, title.ja, str(test.max_points))
        key = tuple(map(storable, raw))
        if key not in self._numbers:
            self._load()
        if key not in self._numbers:
            places = ", ".join("?" * len(_KEY))
            cursor = self._database.execute(f"INSERT INTO test ({', '.join(_KEY)}) VALUES ({places})", key)
            self._numbers[key] = int(cursor.lastrowid or 0)
        return self._numbers[key]

    def passed(self, number: int) -> TestResult:
        """How the test with this id is passed.

        Raises
        ------
        KeyError
            There is none.
        """
        if number not in self._passed:
            self._load()
        return self._passed[number]

    def forget(self) -> None:
        """Read the table anew when it is next asked."""
        self._numbers.clear()
        self._passed.clear()

    def _load(self) -> None:
        last = max(self._passed, default=0)
        columns = ", ".join(("id", *_KEY))
        for row in self._database.execute(f"SELECT {columns} FROM test WHERE id > ? ORDER BY id", (last,)):
            number, *key = row
            _, name, tier, group, en, ja, points = key
            worth = Fraction(points)
            self._numbers[tuple(key)] = number
            self._passed[number] = TestResult(name, tier, "passed", worth, worth, None, (), Text(en, ja), group)
