"""Write and read the gradebook.

One submission is one transaction: after ``kill -9`` either all of it is there or none of it,
and ``--resume`` goes on with the students that are not. Nothing is ever overwritten; where a
student was graded twice in a run, the newer grade counts and the older one stays in the history.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from ..errors import GraderError
from ..i18n import Text
from ..model import ExerciseResult, SubmissionResult
from .database import connect, explained, storable, transaction
from .info import CourseInfo, RunInfo
from .known_tests import TestTable
from .rows import dump, exercise_result, grade_values, submission_result, submission_values

_RUN = """
SELECT run.*, last.event AS event, last.at AS event_at
FROM run LEFT JOIN run_event AS last
  ON last.id = (SELECT max(id) FROM run_event WHERE run_id = run.id)
"""
_NEWEST = """
SELECT * FROM submission AS s
WHERE run_id = :run AND id = (SELECT max(id) FROM submission WHERE run_id = :run AND student = s.student)
ORDER BY student
"""
_NEWEST_OF_ALL_RUNS = """
SELECT * FROM submission AS s
WHERE id = (SELECT max(id) FROM submission WHERE student = s.student)
ORDER BY student
"""
_GRADES = "SELECT * FROM grade WHERE submission_id = :id ORDER BY position"
_NEWEST_GRADES = """
SELECT * FROM grade AS g
WHERE student = :student AND id = (SELECT max(id) FROM grade WHERE student = g.student AND exercise = g.exercise)
ORDER BY position, id
"""


class Gradebook:
    """A gradebook file. Use `open`; it is a context manager, and safe to share between threads."""

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        self.path = path
        self._database = database
        self._database.row_factory = sqlite3.Row
        self._tests = TestTable(database)
        self._lock = threading.RLock()

    @classmethod
    def open(cls, path: Path, *, create: bool = True, timeout: float = 30.0) -> Gradebook:
        """Open the gradebook at `path`, with its schema brought up to date.

        Parameters
        ----------
        create
            Make it where there is none.
        timeout
            Seconds that a call waits for another process that is writing.

        Raises
        ------
        GraderError
            The file is missing, damaged, locked, no gradebook, or from a newer program.
        """
        return cls(path, connect(path, create, timeout))

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Gradebook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def begin_run(
        self,
        course: CourseInfo,
        *,
        course_sha: str,
        seed: int,
        sandbox: Mapping[str, bool],
        engine: str,
        identity: Mapping[str, str] | None = None,
    ) -> int:
        """Begin a grading run; returns its id.

        Parameters
        ----------
        course
            What the reports will need to know of the course.
        course_sha
            Digest of all that decides a grade; `resume_run` finds the run by it.
        sandbox
            Which protections are on.
        engine
            Version of this program.
        identity
            The parts of that digest, by a name for each, so that a difference can be told.
        """
        with self._writing():
            return self._insert(
                "run",
                {
                    "started_at": datetime.now(UTC).isoformat(),
                    "course_title": course.title.en,
                    "course_sha": course_sha,
                    "course": dump(course.as_dict()),
                    "seed": str(seed),
                    "sandbox": dump(dict(sandbox)),
                    "engine": engine,
                    "identity": dump(dict(identity or {})),
                },
            )

    def resume_run(self, course_sha: str) -> RunInfo | None:
        """The last run, if it did not finish and was of the same course; its seed must be used again."""
        last = self.last_run()
        return last if last and last.finished_at is None and last.course_sha == course_sha else None

    def reopen_run(self, run_id: int) -> None:
        """Let a finished run go on: submissions have arrived since. Its first end stays on record."""
        if self.run(run_id).finished_at is not None:
            self._add_event(run_id, "resumed")

    def finish_run(self, run_id: int) -> None:
        """Mark a run as complete. Nothing is recorded in it afterwards, unless it is reopened."""
        run = self.run(run_id)
        with self._writing() as database:
            database.execute(
                "UPDATE run SET finished_at = ? WHERE id = ? AND finished_at IS NULL",
                (datetime.now(UTC).isoformat(), run_id),
            )
        if run.resumed and run.finished_at is None:
            self._add_event(run_id, "finished")

    def _add_event(self, run_id: int, event: str) -> None:
        with self._writing():
            self._insert("run_event", {"run_id": run_id, "event": event, "at": datetime.now(UTC).isoformat()})

    def record(self, run_id: int, *results: SubmissionResult) -> None:
        """Add one submission with all its grades, or nothing; of several attempts the last counts.

        Raises
        ------
        GraderError
            There is no such run, it has finished, or the file cannot be written.
        """
        with self._writing() as database:
            run = database.execute(f"{_RUN} WHERE run.id = ?", (run_id,)).fetchone()
            if run is None or _finished_at(run):
                raise GraderError((_FINISHED if run else _NO_RUN).format(path=self.path, run=run_id))
            for result in results:
                submission = submission_values(run_id, result, datetime.now(UTC))
                submission_id = self._insert("submission", submission)
                for position, exercise in enumerate(result.exercises):
                    grade = grade_values(submission, position, exercise, self._tests)
                    self._insert("grade", {**grade, "submission_id": submission_id})

    def graded_students(self, run_id: int) -> set[str]:
        """The students who need not be graded again in this run."""
        return {
            row["student"] for row in self._read("SELECT DISTINCT student FROM submission WHERE run_id = ?", run_id)
        }

    def exercises(self, run_id: int | None) -> list[str]:
        """Ids of the exercises that were graded in a run (None: in any), in the order of its course."""
        where, values = ("WHERE run_id = ?", (run_id,)) if run_id is not None else ("", ())
        graded = [row["exercise"] for row in self._read(f"SELECT DISTINCT exercise FROM grade {where}", *values)]
        run = self.run(run_id) if run_id is not None else self.last_run()
        return run.course.in_order(graded) if run else []

    def results(self, run_id: int) -> Iterator[SubmissionResult]:
        """The newest result of each student in a run, by student id; one in memory at a time."""
        self.run(run_id)
        for row in self._read(_NEWEST, run=run_id):
            yield submission_result(dict(row), map(dict, self._read(_GRADES, id=row["id"])), self._tests)

    def all_results(self, run_id: int) -> Iterator[SubmissionResult]:
        """Every result that was ever recorded in a run, oldest first."""
        for row in self._read("SELECT * FROM submission WHERE run_id = ? ORDER BY id", run_id):
            yield submission_result(dict(row), map(dict, self._read(_GRADES, id=row["id"])), self._tests)

    def latest_results(self) -> Iterator[SubmissionResult]:
        """Each student's newest grade of each exercise over all runs, by student id."""
        for row in self._read(_NEWEST_OF_ALL_RUNS):
            yield submission_result(
                dict(row), map(dict, self._read(_NEWEST_GRADES, student=row["student"])), self._tests
            )

    def find(self, student: str, exercise: str, source_sha: str, suite_sha: str) -> ExerciseResult | None:
        """The newest grade that this very code got from this very suite, for `regrade`."""
        rows = self._read(
            "SELECT * FROM grade WHERE student = ? AND exercise = ? AND source_sha = ? AND suite_sha = ? "
            "AND status = 'graded' ORDER BY id DESC LIMIT 1",
            storable(student),
            exercise,
            source_sha,
            suite_sha,
        )
        return next((exercise_result(dict(row), self._tests) for row in rows), None)

    def run(self, run_id: int) -> RunInfo:
        """A run's facts.

        Raises
        ------
        GraderError
            There is no such run.
        """
        row = next(iter(self._read(f"{_RUN} WHERE run.id = ?", run_id)), None)
        if row is None:
            raise GraderError(_NO_RUN.format(path=self.path, run=run_id))
        return _run_info(row)

    def last_run(self) -> RunInfo | None:
        """The run that began last, or None in an empty gradebook."""
        return next(map(_run_info, self._read(f"{_RUN} ORDER BY run.id DESC LIMIT 1")), None)

    def _insert(self, table: str, values: Mapping[str, Any]) -> int:
        columns = ", ".join(values)
        places = ", ".join(f":{column}" for column in values)
        clean = {key: storable(value) if isinstance(value, str) else value for key, value in values.items()}
        cursor = self._database.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", clean)
        return int(cursor.lastrowid or 0)

    def _read(self, sql: str, *values: Any, **named: Any) -> Iterator[sqlite3.Row]:
        with explained(self.path):
            cursor = self._database.execute(sql, named or values)
        while True:
            with explained(self.path):
                row = cursor.fetchone()
            if row is None:
                return
            yield row

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._lock, explained(self.path), transaction(self._database):
                yield self._database
        except BaseException:
            self._tests.forget()
            raise


def _run_info(row: sqlite3.Row) -> RunInfo:
    return RunInfo(
        row["id"],
        datetime.fromisoformat(row["started_at"]),
        datetime.fromisoformat(ended) if (ended := _finished_at(row)) else None,
        CourseInfo.from_dict(json.loads(row["course"])),
        row["course_sha"],
        int(row["seed"]),
        json.loads(row["sandbox"]),
        row["engine"],
        json.loads(row["identity"]),
        row["event"] is not None,
    )


def _finished_at(row: sqlite3.Row) -> str | None:
    if row["event"] is None:
        return row["finished_at"]  # type: ignore[no-any-return]
    return row["event_at"] if row["event"] == "finished" else None


_NO_RUN = Text("{path}: there is no grading run {run}", "{path}: 採点 {run} は記録されていません")
_FINISHED = Text(
    "{path}: grading run {run} has finished; begin a new one",
    "{path}: 採点 {run} は終了しています。新しく始めてください",
)
