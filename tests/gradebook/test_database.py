"""Opening a gradebook: migrations, foreign and damaged files, locks, and kill -9."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.errors import GraderError
from autograder.gradebook import Gradebook
from autograder.gradebook.database import APPLICATION_ID, _statements
from autograder.text.told import text_of

RECORDER = textwrap.dedent(
    """
    import os, signal, sys
    from fractions import Fraction
    from pathlib import Path
    from autograder.gradebook import CourseInfo, Gradebook
    from autograder.i18n import Text
    from autograder.model import ExerciseResult, SubmissionResult

    path, die_at = Path(sys.argv[1]), int(sys.argv[2])
    exercises = tuple(ExerciseResult(f"e{i}", "graded", Fraction(1), Fraction(1)) for i in range(20))
    book = Gradebook.open(path)
    run = book.begin_run(CourseInfo(Text.of("c")), course_sha="c", seed=1, sandbox={}, engine="0")
    inserts = set()  # a statement is traced again for each of its triggers

    def count(statement):
        if statement.startswith("INSERT INTO grade"):
            inserts.add(statement)
        if len(inserts) == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    if die_at:
        book._database.set_trace_callback(count)
    for n in range(1000):
        book.record(run, SubmissionResult(f"s{n:04}", exercises))
        print(n, flush=True)
    """
)


def grades_per_submission(path: Path) -> list[int]:
    with Gradebook.open(path, create=False) as book:
        return [len(result.exercises) for result in book.results(1)]


def test_kill_minus_nine_inside_a_submission_leaves_none_of_it(tmp_path):
    path = tmp_path / "g.sqlite"
    done = subprocess.run([sys.executable, "-c", RECORDER, str(path), "50"], capture_output=True, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert done.stdout.split() == [b"0", b"1"]
    assert grades_per_submission(path) == [20, 20]


def test_kill_minus_nine_at_any_moment_keeps_what_was_recorded(tmp_path):
    dice = random.Random(5)
    for attempt in range(4):
        path = tmp_path / f"{attempt}.sqlite"
        child = subprocess.Popen([sys.executable, "-c", RECORDER, str(path), "0"], stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(dice.uniform(0.005, 0.05))
        os.kill(child.pid, signal.SIGKILL)
        announced = 1 + len(child.communicate(timeout=60)[0].split())
        found = grades_per_submission(path)
        assert set(found) == {20}
        assert announced <= len(found) <= announced + 1
        with Gradebook.open(path) as book:
            resumed = book.resume_run("c")
            assert resumed is not None
            assert len(book.graded_students(resumed.id)) == len(found)


def test_a_new_gradebook_has_every_migration_and_opens_again(tmp_path):
    path = tmp_path / "g.sqlite"
    Gradebook.open(path).close()
    with sqlite3.connect(path) as direct:
        (version,) = direct.execute("PRAGMA user_version").fetchone()
        (mode,) = direct.execute("PRAGMA journal_mode").fetchone()
    scripts = list((Path(sys.modules["autograder.gradebook"].__path__[0]) / "migrations").glob("*.sql"))
    assert version == len(scripts) >= 1
    assert mode == "wal"
    Gradebook.open(path, create=False).close()


# As rows were before a message was blocks: each test with its name, title and group.
OLD_TESTS = json.dumps(
    [
        {
            "name": "test_negative_is_zero",
            "tier": "hidden",
            "status": "failed",
            "points": "0",
            "max_points": "1/3",
            "cause": "absolute_value",
            "message": {"en": "Negative came out positive.", "ja": "負の値が正になっています。"},
            "title": {"en": "negative inputs", "ja": "負の入力"},
            "group": "relu",
        }
    ]
)


def test_a_gradebook_of_the_first_version_keeps_every_grade_and_its_protection(tmp_path, course, make_result):
    path = tmp_path / "g.sqlite"
    migrations = Path(sys.modules["autograder.gradebook"].__path__[0]) / "migrations"
    first = (migrations / "0001_history.sql").read_text(encoding="utf-8")
    with Gradebook.open(tmp_path / "new.sqlite") as book:
        run = book.begin_run(course=course, course_sha="c", seed=1, sandbox={}, engine="1")
        book.record(run, make_result("s1"))
        book.finish_run(run)
        expected = list(book.results(run))
    with sqlite3.connect(path) as old:
        old.executescript(first)
        old.execute("ATTACH ? AS new", (str(tmp_path / "new.sqlite"),))
        columns = {
            t: [c for _, c, *_ in old.execute(f"PRAGMA main.table_info({t})")] for t in ("run", "submission", "grade")
        }
        old.create_function("old_form", 1, lambda tests: OLD_TESTS if json.loads(tests) else "[]")
        for table in ("run", "submission", "grade"):
            names = [c for c in columns[table] if c != "tests"]
            as_they_were = ["old_form(tests)"] if table == "grade" else []
            into = ", ".join([*names, *(["tests"] if as_they_were else [])])
            old.execute(
                f"INSERT INTO main.{table} ({into}) SELECT {', '.join([*names, *as_they_were])} FROM new.{table}"
            )
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        old.execute("PRAGMA user_version = 1")
    with Gradebook.open(path) as book:
        (read,) = book.results(1)
        assert replace(read, exercises=(replace(read.exercises[0], tests=()), *read.exercises[1:])) == replace(
            expected[0], exercises=(replace(expected[0].exercises[0], tests=()), *expected[0].exercises[1:])
        )
        (test,) = read.exercises[0].tests
        (as_now,) = expected[0].exercises[0].tests
        assert replace(test, message=as_now.message) == as_now
        assert text_of(test.message) == text_of(as_now.message)
        assert book.run(1).identity == {}
        book.reopen_run(1)
        assert book.run(1).finished_at is None
        book.record(1, make_result("s2"))
        book.finish_run(1)
        assert book.run(1).finished_at is not None
    with sqlite3.connect(path) as direct:
        assert direct.execute("SELECT count(*) FROM latest_grade").fetchone() == (2 * len(expected[0].exercises),)
        for change in ("UPDATE grade SET score = '1/1'", "DELETE FROM grade", "DELETE FROM run_event"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                direct.execute(change)


def test_a_file_of_a_newer_program_is_refused(tmp_path):
    path = tmp_path / "g.sqlite"
    Gradebook.open(path).close()
    with sqlite3.connect(path) as direct:
        direct.execute("PRAGMA user_version = 999")
    with pytest.raises(GraderError, match=r"g\.sqlite: written by a newer autograder"):
        Gradebook.open(path)


def test_a_migration_that_is_cut_off_is_undone(tmp_path, monkeypatch):
    path = tmp_path / "g.sqlite"

    def cut_off(script: str):
        yield from list(_statements(script))[:3]
        yield "CREATE TABLE broken ("

    monkeypatch.setattr("autograder.gradebook.database._statements", cut_off)
    with pytest.raises(GraderError):
        Gradebook.open(path)
    monkeypatch.undo()
    with sqlite3.connect(path) as direct:
        assert direct.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    Gradebook.open(path).close()


def test_a_script_that_ends_in_the_middle_of_a_statement_is_noticed():
    assert list(_statements("-- words\nSELECT 1;\nSELECT 2;\n-- end\n"))[1] == "SELECT 2;\n"
    with pytest.raises(ValueError, match="unfinished"):
        list(_statements("SELECT 1;\nCREATE TABLE x ("))


@pytest.mark.parametrize("content", [b"not a database at all, only text " * 40, b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_file_that_is_no_database_is_named(tmp_path, content):
    path = tmp_path / "g.sqlite"
    path.write_bytes(content)
    with pytest.raises(GraderError, match=r"g\.sqlite: not a readable gradebook"):
        Gradebook.open(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_left_alone(tmp_path):
    path = tmp_path / "g.sqlite"
    with sqlite3.connect(path) as direct:
        direct.execute("CREATE TABLE bookmarks (url)")
    direct.close()
    before = path.read_bytes()
    with pytest.raises(GraderError, match=r"g\.sqlite: this database belongs to another program"):
        Gradebook.open(path)
    assert path.read_bytes() == before


def test_a_gradebook_that_is_damaged_inside_says_so(tmp_path, begin, make_result):
    path = tmp_path / "g.sqlite"
    with Gradebook.open(path) as book:
        run = begin(book)
        for i in range(50):
            book.record(run, make_result(f"s{i:02}"))
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xa5" * (len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(GraderError, match=r"g\.sqlite: "), Gradebook.open(path) as book:
        list(book.results(run))


def test_a_missing_gradebook_is_an_error_only_where_it_must_exist(tmp_path):
    with pytest.raises(GraderError, match="no gradebook here"):
        Gradebook.open(tmp_path / "g.sqlite", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(GraderError, match=r"nowhere/g\.sqlite: the gradebook cannot be opened"):
        Gradebook.open(tmp_path / "nowhere" / "g.sqlite")


def test_a_locked_gradebook_is_reported_after_the_time_out(tmp_path, begin):
    path = tmp_path / "g.sqlite"
    with Gradebook.open(path, timeout=0.1) as book:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(GraderError, match=r"g\.sqlite: another process is writing"):
            begin(book)
        other.execute("ROLLBACK")
        other.close()
        assert begin(book) == 1


def test_two_processes_record_at_once_and_nothing_is_lost(tmp_path, begin):
    path = tmp_path / "g.sqlite"
    script = RECORDER.replace("range(1000)", "range(40)")
    children = [
        subprocess.Popen([sys.executable, "-c", script, str(path), "0"], stdout=subprocess.DEVNULL) for _ in range(2)
    ]
    assert [child.wait(timeout=60) for child in children] == [0, 0]
    with Gradebook.open(path) as book:
        assert [len(list(book.results(run))) for run in (1, 2)] == [40, 40]
