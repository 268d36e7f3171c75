"""Grade one submission: run each exercise's tests on the worker, then name the causes.

Theory of operation
-------------------
The visible tests of all exercises run first, then the hidden ones in new processes. So whatever
a student reads of their own code's words (an exception's text, why a file cannot be loaded, what
is wrong with a notebook's cell) was said by a process that had not yet seen a hidden call. Of a
hidden call a student reads whether it passed, one cause out of a list, and a line of their file.

What the judge does itself with a student's values, in a test or to explain it afterwards, has a
limit in CPU seconds: a test that uses it up has failed, and an explanation is left out. One long
call of C cannot be interrupted; the kernel then ends this process, and whoever started it grades
the submission again without what `Hangs` says it was busy with.
"""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NoReturn

from ..errors import GraderError
from ..i18n import Text
from ..model import Blocks, Place, Sentence, Source, TestResult, TestStatus, Tier
from ..sandbox.launcher import Launcher
from ..testing.bench import Failed, error_name
from ..testing.explain import error_message, visible_message
from ..testing.failures import StudentError, WorkerGone
from ..testing.own_code import OwnCode
from ..testing.suite import Outcome, Suite
from ..text.told import capped
from .hangs import Hangs
from .prepare import Prepared, Test
from .remote import Budget, RemoteStudent
from .reuse import Seats

MAX_TEXT = 4000  # characters of a message
TIERS: tuple[Tier, ...] = ("visible", "hidden")
TEST_SECONDS, EXPLAIN_SECONDS = 5.0, 15.0  # CPU, for what this process does with a student's values
EXPLAIN_IN_ALL = 45.0  # for all exercises, or explaining alone could overrun the time of this process

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
    hangs: Hangs | None = None,
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
    hangs
        What is known to end this process.
    """
    hangs = hangs or Hangs()
    budget = Budget(total_seconds)
    trials = {i: _Trial(prepared[i], source, seconds[i], budget, hangs) for i, source in sources.items()}
    for tier in TIERS:
        seats = Seats(launcher)
        for trial in trials.values():
            trial.run(tier, suite, seats, seed)
        seats.close()
    results, left = {}, EXPLAIN_IN_ALL
    for i, trial in trials.items():
        start = time.process_time()
        results[i] = trial.results(points[i], min(EXPLAIN_SECONDS, left))
        left -= time.process_time() - start
    return results


class _Trial:
    """One exercise of one submission."""

    def __init__(self, one: Prepared, source: Source, seconds: float, budget: Budget, hangs: Hangs) -> None:
        self._one = one
        self._source = source
        self._seconds = seconds
        self._budget = budget
        self._hangs = hangs
        self._broken = one.broken
        self._outcomes: dict[str, Outcome] = {}
        self._visible: RemoteStudent | None = None

    def run(self, tier: Tier, suite: Suite, seats: Seats, seed: str) -> None:
        """Run the tests of one tier; the visible ones first."""
        if self._broken is not None:
            return
        one = self._one
        plan = one.plans.get(tier)
        student = RemoteStudent(seats, self._source, one.exercise.id, self._seconds, self._budget, plan, self._visible)
        student.remember_calls = tier == "visible"
        try:
            if self._visible is None:
                self._visible = student
                student.load()
            tests = [t for t in one.tests if t.tier == tier]
            self._outcomes |= _run(suite, one, student, seed, tests, self._hangs)
        except GraderError as error:
            self._broken = f"{one.exercise.id}: {error}"
        finally:
            student.vacate(seats)

    def results(self, points: Fraction, seconds: float) -> list[TestResult] | str:
        """All tests' results in the suite's order, or why the grader failed; `seconds` of CPU are for words."""
        if self._broken is not None:
            return self._broken
        outcomes = [(test, self._outcomes[test.key]) for test in self._one.tests]
        try:
            if seconds <= 0:
                raise WorkerGone("timeout", "timeout")
            self._hangs.enter(self._one.exercise.id, seconds)
            with _watched(seconds):
                return _explained(self._one, outcomes, self._source, points)
        except (Exception, WorkerGone):  # words about a student's values must not cost anybody the grade
            return [_unexplained(test, outcome, points) for test, outcome in outcomes]


def _run(
    suite: Suite, one: Prepared, student: RemoteStudent, seed: str, tests: Sequence[Test], hangs: Hangs
) -> dict[str, Outcome]:
    following = [*[t.item for t in tests], None][1:]
    out = {}
    for test, nextitem in zip(tests, following, strict=True):
        student.begin_test(test.key)
        start = time.process_time()
        try:
            if student.judging <= 0:
                raise WorkerGone("not_run", "timeout")
            hangs.enter(f"{one.exercise.id}/{test.key}", TEST_SECONDS)
            with _watched(min(TEST_SECONDS, student.judging), student.close):
                outcome = suite.run_item(test.item, one.bench(student, test, seed), nextitem)
        except WorkerGone as gone:
            outcome = Outcome(None, gone, gone)
        student.charge(time.process_time() - start)
        if outcome.error is not None:
            outcome.error.__traceback__ = None  # its frames hold all that the student returned
        out[test.key] = outcome
    return out


@contextlib.contextmanager
def _watched(seconds: float, give_up: Callable[[], None] = lambda: None) -> Iterator[None]:
    """End what, fed with a student's values, runs on and on in this process: `seconds` of its own CPU time."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def expire(*_: object) -> NoReturn:
        give_up()  # perhaps in the middle of a frame
        raise WorkerGone("timeout", "timeout")

    signal.signal(signal.SIGPROF, expire)
    signal.setitimer(signal.ITIMER_PROF, max(0.01, seconds), 1.0)  # again where it was caught
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _unexplained(test: Test, outcome: Outcome, points: Fraction) -> TestResult:
    status, worth = _status(outcome), test.share * points
    return TestResult(
        test.name,
        test.tier,
        status,
        worth if status == "passed" else Fraction(0),
        worth,
        outcome.gone.cause if outcome.gone else None,
        (),
        test.case.title,
        test.case.group,
    )


def _explained(
    one: Prepared, outcomes: list[tuple[Test, Outcome]], source: Source, points: Fraction
) -> list[TestResult]:
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
    known = cause is not None and one.exercise.cause_text(cause) is not None
    try:
        message = _message(test, outcome, known, source)
        error = outcome.error
        detail = code.detail(cause, getattr(error, "line", 0), getattr(error, "label", ""), name)
        if detail is not None:
            message = (*message, Sentence(detail))
    except Exception:  # words about a student's values must not cost anybody the grade
        message = ()
    worth = test.share * points
    return TestResult(
        test.name,
        test.tier,
        status,
        worth if status == "passed" else Fraction(0),
        worth,
        cause,
        capped(message, MAX_TEXT),
        test.case.title,
        test.case.group,
    )


def _message(test: Test, outcome: Outcome, known: bool, source: Source) -> Blocks:
    """What the student reads besides the cause. Of a hidden test that is, after an error, their own line."""
    error = outcome.error
    if error is None:
        return ()
    visible = test.tier == "visible"
    if isinstance(error, Failed) and visible:
        return visible_message(error, known=known)
    place = _place(error, source)
    if isinstance(error, WorkerGone) and error.detail and (error.loading or error.cause in _AT_LOAD):
        # Said by the process of the visible tests.
        name, _, detail = error.detail.partition(": ")
        return error_message(name, detail, place)
    if visible and not isinstance(error, (Failed, WorkerGone)):
        return error_message(error_name(error), str(error), place, outcome.call)
    return (place,) if place else ()


def _place(error: BaseException, source: Source) -> Place | None:
    line, label = getattr(error, "line", 0), getattr(error, "label", "")
    text = dict(source.cells).get(label)
    if text is None or line < 1:
        return None
    lines = [*text.splitlines(), ""]  # a syntax error may lie just behind the end
    if line > len(lines):  # forged: any number could travel to the student in it
        return None
    return Place(Text.of(label), line, lines[line - 1])


def _status(outcome: Outcome) -> TestStatus:
    if outcome.error is None:
        return "passed"
    if isinstance(outcome.error, WorkerGone):
        return outcome.error.status
    if isinstance(outcome.error, StudentError):
        return "error"
    return "failed" if isinstance(outcome.error, (Failed, Exception)) else "error"
