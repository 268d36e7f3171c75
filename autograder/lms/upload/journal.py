"""What was sent when, to whom, and how it ended: an append-only SQLite file beside the gradebook.

Every event is its own transaction, on the disk before the program goes on, so a killed upload
leaves a journal that is true up to its last event. The file stays locked while an upload
runs; a second one is told so instead of sending everything twice. It holds no token, and no
comment either, only its digest.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from ...files import prepare_database
from ...i18n import Text
from .errors import UploadError

FILE = "uploads.sqlite"
State = Literal["sending", "sent", "verified", "failed", "unverified"]
_APPLICATION_ID = 0x41475550  # "AGUP"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS event (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    destination TEXT NOT NULL,
    student TEXT NOT NULL,
    user TEXT NOT NULL,
    state TEXT NOT NULL,
    score TEXT,
    comment TEXT,  -- digest
    detail TEXT
);
CREATE INDEX IF NOT EXISTS event_user ON event (destination, user, id);
CREATE TABLE IF NOT EXISTS job (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    destination TEXT NOT NULL,
    url TEXT,
    done INTEGER NOT NULL DEFAULT 0
);
"""


@dataclass(frozen=True)
class Job:
    """Work that an LMS does after it has answered.

    Attributes
    ----------
    url
        Where to ask how far it is; None if the answer never came.
    """

    id: int
    at: datetime
    url: str | None


class Journal:
    """Use `open`; it is a context manager."""

    def __init__(self, path: Path, database: sqlite3.Connection, destination: str = "") -> None:
        self.path = path
        self.destination = destination
        self._database = database

    @classmethod
    def open(cls, path: Path, *, write: bool) -> Journal:
        """Open the journal at `path`, and keep others out if it shall be written.

        Raises
        ------
        UploadError
            Another upload is running, or the file cannot be opened.
        """
        with _explained(path):
            if write:
                prepare_database(path)
                database = sqlite3.connect(path, timeout=1.0, isolation_level=None)
            elif path.is_file():
                database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", timeout=1.0, uri=True)
            else:
                database = sqlite3.connect(":memory:", isolation_level=None)
            try:
                _prepare(database, path, write)
            except BaseException:
                database.close()
                raise
        return cls(path, database)

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def record(
        self,
        state: State,
        student: str,
        user: str,
        score: Decimal | None = None,
        comment: str | None = None,
        detail: str | None = None,
    ) -> None:
        """Add one event; it is on the disk when this returns."""
        self._write(
            "INSERT INTO event (at, destination, student, user, state, score, comment, detail) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                _now(),
                self.destination,
                student.encode("utf-8", "backslashreplace").decode(),
                user,
                state,
                None if score is None else str(score),
                None if comment is None else digest(comment),
                detail,
            ),
        )

    def begin_job(self) -> int:
        """Note that work is about to be ordered; its number."""
        return self._write("INSERT INTO job (at, destination) VALUES (?, ?)", (_now(), self.destination))

    def job_at(self, job: int, url: str) -> None:
        """Note where to ask for a job."""
        self._write("UPDATE job SET url = ? WHERE id = ?", (url, job))

    def end_job(self, job: int) -> None:
        """Note that a job is over, whatever came of it."""
        self._write("UPDATE job SET done = 1 WHERE id = ?", (job,))

    def open_jobs(self) -> list[Job]:
        """Jobs for this destination of which nobody knows that they are over."""
        rows = self._read("SELECT id, at, url FROM job WHERE destination = ? AND NOT done", (self.destination,))
        return [Job(row[0], datetime.fromisoformat(row[1]), row[2]) for row in rows]

    def knows(self, user: str, comment: str) -> bool:
        """Whether this is the comment that this user was sent last."""
        rows = self._read(
            "SELECT comment FROM event WHERE destination = ? AND user = ? AND comment IS NOT NULL "
            "AND state IN ('sent', 'verified') ORDER BY id DESC LIMIT 1",
            (self.destination, user),
        )
        return any(row[0] == digest(comment) for row in rows)

    def wrote(self, user: str) -> bool | None:
        """Whether the newest request to this user carried a comment; None if there was no request."""
        rows = self._read(
            "SELECT comment FROM event WHERE destination = ? AND user = ? AND state IN ('sending', 'sent') "
            "ORDER BY id DESC LIMIT 1",
            (self.destination, user),
        )
        return next((row[0] is not None for row in rows), None)

    def last_detail(self, user: str) -> str | None:
        """What the newest request to this user carried as its detail."""
        rows = self._read(
            "SELECT detail FROM event WHERE destination = ? AND user = ? AND state = 'sending' "
            "AND detail IS NOT NULL ORDER BY id DESC LIMIT 1",
            (self.destination, user),
        )
        return next((str(row[0]) for row in rows), None)

    def states(self) -> dict[str, State]:
        """The newest state of each student for this destination."""
        rows = self._read("SELECT student, state FROM event WHERE destination = ? ORDER BY id", (self.destination,))
        return {row[0]: row[1] for row in rows}

    def _write(self, sql: str, values: Sequence[object]) -> int:
        with _explained(self.path):
            return int(self._database.execute(sql, values).lastrowid or 0)

    def _read(self, sql: str, values: Sequence[object]) -> list[Any]:
        with _explained(self.path):
            return list(self._database.execute(sql, values))


def digest(text: str) -> str:
    """What the journal keeps of a comment."""
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _prepare(database: sqlite3.Connection, path: Path, write: bool) -> None:
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (tables,) = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables and application != _APPLICATION_ID:
        raise UploadError(_FOREIGN.format(path=path))
    if not write and tables:
        return
    # The lock that the first transaction takes is kept until the connection closes, or its process dies.
    database.execute("PRAGMA locking_mode = EXCLUSIVE")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("BEGIN EXCLUSIVE")
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            database.execute(statement)
    database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    database.execute("COMMIT")


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        busy = "locked" in str(error) or "busy" in str(error)
        raise UploadError((_BUSY if busy else _BROKEN).format(path=path, error=error)) from error


_BUSY = Text(
    "{path}: another upload of this gradebook is running. Wait until it has ended.",
    "{path}: この成績簿の別のアップロードが実行中です。終わるまで待ってください。",
)
_BROKEN = Text(
    "{path}: the journal of uploads cannot be used ({error}). Without it nothing is sent.",
    "{path}: アップロードの記録を使えません（{error}）。記録できない間は送信しません。",
)
_FOREIGN = Text(
    "{path}: not a journal of uploads, so it was left alone",
    "{path}: アップロードの記録ではないファイルなので、変更しませんでした",
)
