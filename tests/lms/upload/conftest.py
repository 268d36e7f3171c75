"""A class in a real gradebook, and servers on this machine that its scores go to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from autograder.gradebook import CourseInfo, ExerciseInfo, Gradebook
from autograder.i18n import Text
from autograder.lms.rows import GradeRow, grade_rows
from autograder.lms.upload.backoff import Backoff
from autograder.lms.upload.connect import connect_canvas, connect_lti, connect_moodle
from autograder.lms.upload.journal import FILE, Journal
from autograder.lms.upload.lti_token import Registration
from autograder.model import ExerciseResult, SubmissionResult, TestResult

from .loopback import canvas, lti, moodle

QUICK = Backoff(tries=4, base=0.01, cap=0.02, patience=5.0)
CAUSE = Text('An "<abs>" & a \\ :)', "絶対値 <abs> & \\")
COURSE = CourseInfo(
    Text("Deep learning", "深層学習"),
    (
        ExerciseInfo("relu", Text("ReLU", "ReLU 関数"), Fraction(4), causes={"abs": CAUSE}),
        ExerciseInfo("adam", Text("Adam", "Adam"), Fraction(6)),
    ),
)


def result(student: str, relu: Fraction | None, adam: Fraction | None, **ids: str) -> SubmissionResult:
    """A submission with these two scores; None is a failure of the grader."""
    title = Text("negative inputs", "負の入力")
    test = TestResult("test_a", "hidden", "failed", Fraction(0), Fraction(4), "abs", (), title, "g")
    exercises = tuple(
        ExerciseResult(i, "graded" if s is not None else "grader_error", s, Fraction(m), (test,) * (i == "relu"), s)
        for i, s, m in (("relu", relu, 4), ("adam", adam, 6))
    )
    return SubmissionResult(student, exercises, name=f"氏名 {student}", submission_sha256="x", extra=ids)


def absent(student: str, **ids: str) -> SubmissionResult:
    """Somebody on the roster who handed in nothing."""
    exercises = tuple(ExerciseResult(i, "missing", Fraction(0), Fraction(m)) for i, m in (("relu", 4), ("adam", 6)))
    return SubmissionResult(student, exercises, extra=ids)


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("AUTOGRADER_MOODLE_TOKEN", moodle.TOKEN)
    monkeypatch.setenv("AUTOGRADER_CANVAS_TOKEN", canvas.TOKEN)
    monkeypatch.setenv("AUTOGRADER_LTI_KEY", lti.PEM)
    monkeypatch.setenv("AUTOGRADER_LANG", "en")
    for name in ("AUTOGRADER_MOODLE_URL", "AUTOGRADER_CANVAS_URL", "AUTOGRADER_LTI_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def make_book(tmp_path: Path) -> Callable[..., Path]:
    """Makes a gradebook of these results; its folder."""

    def make(*results: SubmissionResult) -> Path:
        with Gradebook.open(tmp_path / "gradebook.sqlite") as book:
            run = book.begin_run(COURSE, course_sha="c", seed=1, sandbox={}, engine="0")
            for one in results:
                book.record(run, one)
            book.finish_run(run)
        return tmp_path

    return make


@pytest.fixture
def rows(make_book: Callable[..., Path]) -> Callable[..., list[GradeRow]]:
    """The rows of a gradebook of these results."""

    def make(*results: SubmissionResult) -> list[GradeRow]:
        with Gradebook.open(make_book(*results) / "gradebook.sqlite") as book:
            return grade_rows(book)

    return make


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / FILE, write=True) as opened:
        yield opened


def _serve(server: Any) -> Iterator[Any]:
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def moodle_server() -> Iterator[moodle.MoodleServer]:
    yield from _serve(moodle.MoodleServer())


@pytest.fixture
def canvas_server() -> Iterator[canvas.CanvasServer]:
    yield from _serve(canvas.CanvasServer())


@pytest.fixture
def lti_server() -> Iterator[lti.LtiServer]:
    yield from _serve(lti.LtiServer())


@pytest.fixture
def moodle_target(moodle_server: moodle.MoodleServer) -> Any:
    return connect_moodle(moodle_server.url, str(moodle.CMID), backoff=QUICK)


@pytest.fixture
def canvas_target(canvas_server: canvas.CanvasServer) -> Any:
    return connect_canvas(canvas_server.url, str(canvas.COURSE), str(canvas.ASSIGNMENT), backoff=QUICK, settle=0.5)


@pytest.fixture
def lti_target(lti_server: lti.LtiServer) -> Any:
    registration = Registration(lti.CLIENT_ID, lti_server.token_url, lti.KEY_ID)
    return connect_lti(lti_server.line_items, "relu-2026", registration, label="ReLU", backoff=QUICK)
