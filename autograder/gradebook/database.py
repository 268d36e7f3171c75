"""Open an SQLite file as a gradebook: its schema brought up to date, its errors in our words.

The schema lives in ``migrations/NNNN_*.sql``; a file's ``user_version`` says how many of them
it has had. All that are missing run in one transaction, so that a process killed in the
middle leaves the file as it was. ``application_id`` marks the file as ours: a database of
another program is refused, not migrated.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from ..errors import GraderError
from ..files import prepare_database
from ..i18n import Text

APPLICATION_ID = 0x41475242  # "AGRB"


def connect(path: Path, create: bool, timeout: float) -> sqlite3.Connection:
    """A connection to a gradebook with the newest schema.

    Parameters
    ----------
    create
        Make the file where there is none; otherwise that is an error.
    timeout
        Seconds to wait for another process that is writing.

    Raises
    ------
    GraderError
        The file is missing, damaged, locked, a link, no gradebook, or from a newer program.
    """
    if not create and not path.is_file():
        raise GraderError(_MISSING.format(path=path))
    if create or path.is_symlink():
        prepare_database(path)
    with explained(path):
        # One connection may be shared by the threads of a grader; the store's lock serialises them.
        database = sqlite3.connect(path, timeout=timeout, isolation_level=None, check_same_thread=False)
        try:
            database.execute("PRAGMA foreign_keys = ON")
            _refuse_others(database, path)
            _use_wal(database, timeout)
            database.execute("PRAGMA synchronous = FULL")
            _migrate(database, path)
        except BaseException:
            database.close()
            raise
    return database


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into a `GraderError` that names the file and what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise GraderError(_explain(error, path)) from error


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """All or nothing. The write lock is taken at the start, so that waiting happens before work."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.rollback()
        raise
    database.execute("COMMIT")


def storable(text: str) -> str:
    """The text with lone surrogates written out as ``\\udc80``.

    A folder name that is not UTF-8 arrives with such, and no database stores them; a strange
    name must not cost anybody a grade.
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _use_wal(database: sqlite3.Connection, timeout: float) -> None:
    """Switch the journal to WAL. SQLite does not wait for a lock there, whatever its time-out says."""
    end = time.monotonic() + timeout
    while True:
        try:
            database.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.01)


def _refuse_others(database: sqlite3.Connection, path: Path) -> None:
    (tables,) = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (application,) = database.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID and (tables or application):
        raise GraderError(_FOREIGN.format(path=path))


def _migrate(database: sqlite3.Connection, path: Path) -> None:
    scripts = sorted(
        (
            entry
            for entry in resources.files(__package__).joinpath("migrations").iterdir()
            if entry.name.endswith(".sql")
        ),
        key=lambda entry: entry.name,
    )
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version == len(scripts):
        return
    with transaction(database):
        # Another process may have migrated while this one waited for the lock.
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version > len(scripts):
            raise GraderError(_NEWER.format(path=path, found=version, known=len(scripts)))
        for script in scripts[version:]:
            for statement in _statements(script.read_text(encoding="utf-8")):
                database.execute(statement)
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {len(scripts)}")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; ``executescript`` would commit the transaction around it."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if any(line.strip() and not line.lstrip().startswith("--") for line in statement.splitlines()):
        raise ValueError(f"unfinished SQL statement: {statement.strip()[:60]}")


def _explain(error: sqlite3.Error, path: Path) -> Text:
    message = str(error)
    if "locked" in message or "busy" in message:
        text = _LOCKED
    elif "not a database" in message or "malformed" in message:
        text = _DAMAGED
    elif "unable to open" in message or "readonly" in message:
        text = _CLOSED
    else:
        text = _OTHER
    return text.format(path=path, error=message)


_MISSING = Text(
    "{path}: no gradebook here. `autograder grade` makes one.",
    "{path}: 成績簿がありません。`autograder grade` を実行すると作られます。",
)
_FOREIGN = Text(
    "{path}: this database belongs to another program, so it was left alone. Choose another --out folder.",
    "{path}: 別のプログラムのデータベースなので、変更しませんでした。--out に別のフォルダーを指定してください。",
)
_NEWER = Text(
    "{path}: written by a newer autograder (schema {found}; this one knows {known}). Update the autograder.",
    "{path}: 新しい版の autograder が書いた成績簿です（形式 {found}、この版が読めるのは {known} まで）。"
    "autograder を更新してください。",
)
_LOCKED = Text(
    "{path}: another process is writing to the gradebook. Wait until it has ended and try again.",
    "{path}: 別のプロセスが成績簿に書き込んでいます。終わるのを待ってから、もう一度実行してください。",
)
_DAMAGED = Text(
    "{path}: not a readable gradebook ({error}). Restore a copy, or move the file away and grade again.",
    "{path}: 成績簿として読めません（{error}）。控えから戻すか、ファイルを移してから採点し直してください。",
)
_CLOSED = Text(
    "{path}: the gradebook cannot be opened ({error}). Check that the folder exists and may be written.",
    "{path}: 成績簿を開けません（{error}）。フォルダーがあり、書き込めることを確かめてください。",
)
_OTHER = Text("{path}: the gradebook refused: {error}", "{path}: 成績簿の操作に失敗しました: {error}")
