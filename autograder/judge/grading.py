"""Grade one submission: run each exercise's tests on the worker, then name the causes."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NoReturn

from ..errors import GraderError
from ..i18n import Text
from ..model import Source, TestResult, TestStatus
from ..sandbox.launcher import Launcher
from ..testing.bench import Failed, error_name
from ..testing.explain import Place, error_message, hidden_message, visible_message
from ..testing.failures import StudentError, WorkerGone
from ..testing.own_code import OwnCode
from ..testing.suite import Outcome, Suite
from .prepare import Prepared, Test
from .remote import Budget, RemoteStudent
from .reuse import Seats

MAX_TEXT = 4000  # characters of a message
GRACE_SECONDS = 20.0  # for what a test does in this process with a student's values

_AT_LOAD = {"load_error", "missing_module", "unreadable_file", "foreign_cell"}


def grade_submission(
    suite: Suite,
    prepared: Mapping[str, Prepared],
    sources: Mapping[str, Source],
    launcher: Launcher,
    seed: str,
    points: Mapping[str, Fraction],
    seconds: Mapping[str, float],
    total_seconds: float,
) -> dict[str, list[TestResult] | str]:
    """Test results by exercise id, or the reason why the grader could not grade one.

    Parameters
    ----------
    points
        What each exercise is worth.
    seconds
        CPU seconds for one call, by exercise.
    total_seconds
        For the whole submission, by the clock.
    """
    budget = Budget(total_seconds)
    seats = Seats(launcher)
    out: dict[str, list[TestResult] | str] = {}
    for exercise_id, source in sources.items():
        one = prepared[exercise_id]
        if one.broken:
            out[exercise_id] = one.broken
            continue
        student = RemoteStudent(seats, source, exercise_id, seconds[exercise_id], budget, one.plan)
        try:
            outcomes = _run(suite, one, student, seed)
            out[exercise_id] = _results(one, outcomes, source, points[exercise_id])
        except GraderError as error:
            out[exercise_id] = f"{exercise_id}: {error}"
        finally:
            student.vacate(seats)
    seats.close()
    return out


def _run(suite: Suite, one: Prepared, student: RemoteStudent, seed: str) -> list[tuple[Test, Outcome]]:
    following = [*[t.item for t in one.tests[1:]], None]
    out = []
    for test, nextitem in zip(one.tests, following, strict=True):
        student.begin_test(test.key)
        student.remember_calls = test.tier == "visible"
        try:
            with _watched(student):
                outcome = suite.run_item(test.item, one.bench(student, test, seed), nextitem)
        except WorkerGone as gone:
            outcome = Outcome(None, gone, gone)
        if outcome.error is not None:
            outcome.error.__traceback__ = None  # its frames hold all that the student returned
        out.append((test, outcome))
    return out


@contextlib.contextmanager
def _watched(student: RemoteStudent) -> Iterator[None]:
    """End a test that, fed with a student's values, runs on and on in this process."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def expire(*_: object) -> NoReturn:
        student.close()  # perhaps in the middle of a frame
        raise WorkerGone("timeout", "timeout")

    signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, max(0.0, student.left) + GRACE_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _results(one: Prepared, outcomes: list[tuple[Test, Outcome]], source: Source, points: Fraction) -> list[TestResult]:
    failures = {
        test.key: (outcome.observation, outcome.error)
        for test, outcome in outcomes
        if outcome.error is not None and outcome.gone is None
    }
    passed = [test.key for test, outcome in outcomes if outcome.error is None]
    code = OwnCode(source.cells)
    told = {test.key: _told(code, outcome) for test, outcome in outcomes if outcome.error is not None}
    causes = one.diagnosis.choose(failures, passed, told)
    return [_result(one, test, outcome, causes.get(test.key), code, source, points) for test, outcome in outcomes]


def _told(code: OwnCode, outcome: Outcome) -> str | None:
    """What the student's code says by itself about a failed test."""
    error, gone = outcome.error, outcome.gone
    if isinstance(error, StudentError):
        return code.of_error(error_name(error), str(error), error.line, error.label, outcome.call)
    if gone is None:
        return None
    if gone.cause == "function_missing":
        return code.of_missing(gone.detail)
    if not gone.loading:
        return gone.cause
    type_name, _, said = gone.detail.partition(": ")
    return code.of_load(type_name, said, gone.line, gone.label, gone.cause)


def _result(
    one: Prepared, test: Test, outcome: Outcome, cause: str | None, code: OwnCode, source: Source, points: Fraction
) -> TestResult:
    status = _status(outcome)
    name = outcome.call.name if outcome.call else ""
    if outcome.gone is not None:
        cause, name = _told(code, outcome), outcome.gone.detail
    cause = code.refined(cause, name)
    sentence = one.exercise.cause_text(cause) if cause else None
    try:
        message = _message(test, status, outcome, sentence, source)
        error = outcome.error
        detail = code.detail(cause, getattr(error, "line", 0), getattr(error, "label", ""), name)
        if detail is not None:
            message = Text(f"{message.en}\n{detail.en}", f"{message.ja}\n{detail.ja}")
    except Exception:  # words about a student's values must not cost anybody the grade
        message = hidden_message(test.case.title, status, sentence)
    worth = test.share * points
    return TestResult(
        test.name,
        test.tier,
        status,
        worth if status == "passed" else Fraction(0),
        worth,
        cause,
        Text(message.en[:MAX_TEXT], message.ja[:MAX_TEXT]),
        test.case.title,
        test.case.group,
    )


def _message(test: Test, status: TestStatus, outcome: Outcome, cause: Text | None, source: Source) -> Text:
    """What the student reads. Of a hidden test that is the cause, and of an error their own line."""
    error = outcome.error
    if error is None:
        return Text("Passed.", "合格です。")
    visible = test.tier == "visible"
    if isinstance(error, Failed) and visible:
        return visible_message(error, cause)
    place = _place(error, source)
    if isinstance(error, WorkerGone) and (
        error.loading or error.cause in _AT_LOAD
    ):  # no test had begun: nothing hidden in it
        name, _, detail = error.detail.partition(": ")
        return error_message(name, detail, place, cause=cause)
    if visible and not isinstance(error, (Failed, WorkerGone)):
        return error_message(error_name(error), str(error), place, outcome.call, cause)
    message = hidden_message(test.case.title, status, cause)
    if place is None:
        return message
    where = place.text()
    return Text(f"{message.en}\n{where.en}", f"{message.ja}\n{where.ja}")


def _place(error: BaseException, source: Source) -> Place | None:
    line, label = getattr(error, "line", 0), getattr(error, "label", "")
    text = dict(source.cells).get(label)
    if text is None or line < 1:
        return None
    lines = [*text.splitlines(), ""]  # a syntax error may lie just behind the end
    if line > len(lines):  # forged: any number could travel to the student in it
        return None
    return Place(label, line, lines[line - 1])


def _status(outcome: Outcome) -> TestStatus:
    if outcome.error is None:
        return "passed"
    if isinstance(outcome.error, WorkerGone):
        return outcome.error.status
    if isinstance(outcome.error, StudentError):
        return "error"
    return "failed" if isinstance(outcome.error, (Failed, Exception)) else "error"
