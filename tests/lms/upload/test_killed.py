"""An uploader that is killed (SIGKILL) in the middle, and the next one that goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from autograder.gradebook import Gradebook
from autograder.lms.rows import grade_rows
from autograder.lms.upload import prepare, upload
from autograder.lms.upload.journal import FILE, Journal

from .conftest import result
from .loopback import canvas, lti, moodle


def kill_when_reached(server: Any, *args: object) -> None:
    """Start an upload, and kill it when the server holds an answer back."""
    command = [sys.executable, "-m", "autograder", "upload", *map(str, args), "--yes"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=os.environ)
    try:
        assert server.reached.wait(30), process.communicate(timeout=5)[1]
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    server.release.set()


def resume(book: Path, target: Any) -> Any:
    with Gradebook.open(book / "gradebook.sqlite") as gradebook:
        rows = grade_rows(gradebook)
    with Journal.open(book / FILE, write=True) as journal:
        return upload(prepare(rows, "total", target, journal, language="en", wait=True), target, journal)


@pytest.fixture
def book(make_book: Callable[..., Path]) -> Path:
    return make_book(*(result(f"s{n:02}", Fraction(n % 5), Fraction(n % 7), lti=str(200 + n)) for n in range(15)))


def test_moodle_goes_on_where_the_killed_one_was(book, moodle_server, moodle_target):
    for n in range(15):
        moodle_server.add(200 + n, idnumber=f"s{n:02}")
    moodle_server.fail("save_grades", "hang", skip=6)
    kill_when_reached(
        moodle_server, "moodle", "--gradebook", book, "--assignment", moodle.CMID, "--url", moodle_server.url
    )
    with Journal.open(book / FILE, write=False) as journal:
        journal.destination = f"moodle {moodle_server.url} {moodle.INSTANCE}"
        assert sorted(journal.states().values()) == ["sending"] + ["sent"] * 6
    assert len(moodle_server.saves) == 7  # the seventh was stored, and nobody was told
    report = resume(book, moodle_target)
    assert len(report.verified) == 8
    assert sorted(moodle_server.saves) == [200 + n for n in range(15)]  # nothing was sent twice
    assert {u: float(g) for u, g in moodle_server.grades.items()} == {200 + n: n % 5 + n % 7 for n in range(15)}


@pytest.mark.parametrize("where", ["update_grades", "/progress/"])
@pytest.mark.parametrize("delay", [0.0, 0.4])
def test_canvas_repeats_no_comment_after_the_kill(book, canvas_server, canvas_target, where, delay):
    for n in range(15):
        canvas_server.add(200 + n, sis_user_id=f"s{n:02}")
    canvas_server.job_delay = delay
    canvas_server.fail(where, "hang")
    page = f"{canvas_server.url}/courses/{canvas.COURSE}/assignments/{canvas.ASSIGNMENT}"
    kill_when_reached(canvas_server, "canvas", "--gradebook", book, "--assignment", page)
    resume(book, canvas_target)
    for n in range(15):
        assert canvas_server.score(200 + n) == n % 5 + n % 7
        assert len(canvas_server.comments(200 + n)) == 1
    assert len(canvas_server.jobs) == 1


def test_lti_goes_on_with_a_newer_time_stamp(book, lti_server, lti_target):
    lti_server.users = {str(200 + n) for n in range(15)}
    lti_server.add_item("ReLU", "relu-2026")
    lti_server.fail("/scores", "hang", skip=4)
    who = ["--client-id", lti.CLIENT_ID, "--key-id", lti.KEY_ID, "--token-url", lti_server.token_url]
    where = ["--assignment", "relu-2026", "--url", lti_server.line_items]
    kill_when_reached(lti_server, "lti", "--gradebook", book, *where, *who)
    assert len(resume(book, lti_target).verified) == 10
    stored = {user: float(r["resultScore"]) for (_, user), r in lti_server.results.items()}
    assert stored == {str(200 + n): float(n % 5 + n % 7) for n in range(15)}
    assert len(lti_server.items) == 1


def test_a_second_uploader_is_kept_out(book, moodle_server):
    for n in range(15):
        moodle_server.add(200 + n, idnumber=f"s{n:02}")
    args = ["--gradebook", book, "--assignment", moodle.CMID, "--url", moodle_server.url, "--yes"]
    command = [sys.executable, "-m", "autograder", "upload", "moodle", *map(str, args)]
    with Journal.open(book / FILE, write=True):
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=os.environ)
    assert done.returncode == 4
    assert "another upload of this gradebook is running" in done.stderr
    assert moodle_server.saves == []
