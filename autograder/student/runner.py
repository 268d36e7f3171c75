"""Run visible checks in a child process and wait for it, whatever the student's code does.

Theory of operation
-------------------
This process stays small. A `Child` loads the student's file, runs the tests, and writes an
event before and after each step into a pipe. It stops overlong Python code itself
(`deadline`), so the next test goes on at once and the message names the line. Where even that
fails (the code swallows everything, hangs in C, exits, crashes) the pipe falls silent or
closes: the child is killed, the test under way is lost, and a new child runs the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from typing import Literal

from ..course.causes import GENERIC
from ..errors import GraderError
from ..i18n import Text
from ..model import Blocks, Sentence
from .course import Exercise
from .process import Child
from .results import CheckResult, ExerciseReport
from .source import is_begun, problem

START_SECONDS = 120.0
LOAD_SECONDS = 10.0
MIN_SECONDS = 2.0
GRACE = 1.5
MAX_LOST = 2  # so many tests of one exercise may cost the child; then the rest is left out


def run_checks(exercises: Iterable[Exercise]) -> Iterator[ExerciseReport]:
    """Check exercises and report each as soon as it is done, in order.

    The child starts at once, before the first report is asked for, so that the caller can
    import meanwhile what it needs to show them. A file that was not begun or cannot be compiled
    is reported without running anything.

    Raises
    ------
    GraderError
        The course's own test file is broken.
    """
    wanted = list(exercises)
    for module in ("numpy", "pytest"):
        if find_spec(module) is None:  # said here, where it can be mended; the child could only die of it
            raise ModuleNotFoundError(f"No module named {module!r}", name=module)
    known = {e.id: report for e in wanted if (report := _without_running(e)) is not None}
    run = _Run([e for e in wanted if e.id not in known])
    reports = run.reports()
    return (known.get(e.id) or next(reports) for e in wanted)


def _without_running(exercise: Exercise) -> ExerciseReport | None:
    found = problem(exercise.file)
    if found is not None:
        return ExerciseReport(exercise.id, problem=found.message, cause=found.cause)
    return None if is_begun(exercise) else ExerciseReport(exercise.id, begun=False)


def seconds_of(exercise: Exercise) -> float:
    """How long one visible test may take."""
    return max(MIN_SECONDS, exercise.seconds)


class _Run:
    """The exercises still to be run, and what is known of the one under way."""

    def __init__(self, exercises: list[Exercise]) -> None:
        self.pending = exercises
        self.child: Child | None = None
        self.partial: ExerciseReport | None = None
        self.current: CheckResult | None = None
        self.lost = 0
        self._start()

    def _start(self) -> None:
        self.child = Child({"exercises": [self._entry(e) for e in self.pending]}) if self.pending else None

    def reports(self) -> Iterator[ExerciseReport]:
        """One report after the other, with as many children as it takes."""
        while self.child is not None:
            try:
                yield from self._follow(self.child)
            finally:
                self.child.kill()
            self._start()

    def _entry(self, exercise: Exercise) -> dict[str, object]:
        begun = self.partial is not None and exercise is self.pending[0]
        tests = self.partial.tests if begun and self.partial else ()
        return {
            "path": str(exercise.file),
            "seconds": seconds_of(exercise),
            "skip": [t.name for t in tests if t.status != "not_run"],
        }

    def _follow(self, child: Child) -> Iterator[ExerciseReport]:
        """Read one child's events until it is done or lost."""
        limit, loading = START_SECONDS, False
        while self.pending:
            try:
                event = child.next(limit)
            except TimeoutError:
                yield from self._lose(loading, "timeout")
                return
            limit = LOAD_SECONDS + GRACE
            kind = event["event"] if event else "closed"
            if event is None:
                yield from self._lose(loading, "crashed")
                return
            if kind == "broken":
                raise _broken(event["id"] or self.pending[0].id, event["text"])
            if kind == "load":
                loading = True
                tests = tuple(map(CheckResult.of, event["tests"]))
                self.partial = self.partial or ExerciseReport(event["id"], tests)
            elif kind == "begin":
                self.current = CheckResult.of(event["test"])
                limit = event["seconds"] + GRACE
            elif kind == "end":
                self._note(CheckResult.of(event["test"]))
            elif kind == "report":
                report = ExerciseReport.of(event["report"])
                for test in report.tests:
                    self._note(test)
                yield self._finished(report)
            else:
                raise _broken(self.pending[0].id, "no result")

    def _note(self, test: CheckResult) -> None:
        assert self.partial is not None
        self.partial, self.current = self.partial.with_test(test), None

    def _finished(self, last: ExerciseReport) -> ExerciseReport:
        """Close the exercise under way, with what earlier children had found."""
        tests = self.partial.tests if self.partial else last.tests
        self.partial, self.current, self.lost = None, None, 0
        self.pending = self.pending[1:]
        return replace(last, tests=tests)

    def _lose(self, loading: bool, how: Literal["timeout", "crashed"]) -> Iterator[ExerciseReport]:
        """Account for a child that fell silent (``timeout``) or is gone (``crashed``)."""
        exercise = self.pending[0]
        if not loading or self.partial is None:
            raise _broken(exercise.id, "the process that runs the checks ended")
        if self.current is None:
            text = Text("The file cannot be loaded. ", "ファイルを読み込めません。")
            problem = (Sentence(Text(text.en + GENERIC[how].en, text.ja + GENERIC[how].ja)),)
            yield self._finished(ExerciseReport(exercise.id, problem=problem, cause=how))
            return
        self._note(replace(self.current, status=how, cause=how, message=_lost(how, seconds_of(exercise))))
        self.lost += 1
        if self.lost >= MAX_LOST:
            yield self._finished(ExerciseReport(exercise.id))


def _lost(how: str, seconds: float) -> Blocks:
    cause = GENERIC[how]
    if how == "crashed":
        return (Sentence(cause),)
    said = Text(
        f"Stopped after {seconds + GRACE:g} seconds; the code did not react to being stopped "
        f"(`except:` without a type inside a loop, or one very long NumPy call).",
        f"{seconds + GRACE:g} 秒で打ち切りました。コードが中断に応じませんでした"
        f"（ループの中で型を指定しない except: を使っているか、1 回の計算が長すぎます）。",
    )
    return Sentence(said), Sentence(cause)


def _broken(exercise: str, why: str) -> GraderError:
    return GraderError(
        Text(
            f"The checks of {exercise!r} cannot run ({why}). If you changed test_visible.py, unpack it again; "
            "otherwise tell your instructor.",
            f"{exercise!r} の公開テストを実行できません（{why}）。test_visible.py を変更した場合は配布時のものに戻し、"
            "そうでなければ担当教員に知らせてください。",
        )
    )
