"""Grade a class: collect, run, score, record, report. `grade_class` is the whole program.

Nothing is ever lost on the way: a submission's result is in the gradebook before the next one
is reported, every submission ends with a result, and a failure of the grader is no score. What
students handed in is parsed in a process of its own (`reader`) and run in another (`judge`).
"""

from __future__ import annotations

import os
import secrets
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from . import __version__
from .collect import Collection, cannot_be_read, collect, in_doubt, not_understood, read_roster, within_limit
from .collect.banned import shortcuts_used
from .collect.reader import Reader, Unread, unread
from .course.exercise import Exercise, load_exercise
from .course.load import LoadedCourse, load_course
from .errors import UsageError
from .files import make_folder
from .gradebook import CourseInfo, ExerciseInfo, Gradebook, RunInfo
from .i18n import Lang, Text
from .judge.client import Graded, JudgeHost
from .judge.prepare import suite_sha
from .model import ExerciseResult, Note, Submission, SubmissionResult
from .quiz.grading import QuizSuite, grade_quiz, load_suite
from .report import write_all
from .resume import Print, Recorded, digest, suite_parts, why_anew
from .sandbox.levels import Protections, probe
from .score import exercise_result, grader_error_result, missing_result, not_understood_result
from .text.clean import clean_line, clean_result

GRADEBOOK = "gradebook.sqlite"
FEW = 12  # submissions, below which learning every cause beforehand does not pay


@dataclass(frozen=True)
class Options:
    """What ``autograder grade`` was asked to do."""

    submissions: Path
    out: Path
    course: Path | None = None
    only: Sequence[str] = ()
    jobs: int | None = None
    seed: int | None = None
    resume: bool = False
    reuse: bool = False
    roster: Path | None = None
    sandbox: str | None = None
    lang: Lang = "en"


@dataclass
class Summary:
    """What happened, for the last lines on the terminal."""

    run: RunInfo
    protections: Protections
    total: int = 0
    graded: int = 0
    skipped: int = 0
    missing: int = 0
    late: int = 0
    grader_errors: list[str] = field(default_factory=list)
    not_understood: list[Text] = field(default_factory=list)
    anew: Text | None = None
    notes: tuple[Note, ...] = ()
    known: int | None = None  # of those who handed in, how many are on the roster; None without one

    @property
    def foreign_roster(self) -> bool:
        """Whether the roster knows not one of those who handed in."""
        return self.known == 0 and self.total > 0


@dataclass(frozen=True)
class Plan:
    """A course with the exercises that this run grades."""

    course: LoadedCourse
    exercises: Mapping[str, Exercise]
    shas: Mapping[str, str]
    quizzes: Mapping[str, QuizSuite] = field(default_factory=dict)

    @property
    def ids(self) -> list[str]:
        """Exercises and quizzes in the order of the course."""
        return [i for i in self.course.graded_ids if i in self.shas]

    def points(self, exercise_id: str) -> Fraction:
        return Fraction(str(self.course.entry(exercise_id).points))

    def info(self) -> CourseInfo:
        """What the gradebook remembers of the course."""
        config = self.course.config
        units = {e.id: Text(u.title.en, u.title.ja) for u in config.units for e in (*u.exercises, *u.quizzes)}
        return CourseInfo(
            Text(config.title.en, config.title.ja),
            tuple(self._info(i, units[i]) for i in self.ids),
        )

    def _info(self, graded_id: str, unit: Text) -> ExerciseInfo:
        if graded_id in self.exercises:
            return ExerciseInfo.of(self.exercises[graded_id], self.points(graded_id), unit)
        suite = self.quizzes[graded_id]
        points = self.points(suite.id)
        return ExerciseInfo(suite.id, suite.quiz.title, points, unit, causes=suite.causes, items=suite.items)


Progress = Callable[[Summary], None]


def grade_class(options: Options, progress: Progress = lambda _: None) -> Summary:
    """Grade every submission and write gradebook, tables and pages below ``options.out``."""
    plan = make_plan(options.course, options.only)
    protections = probe(options.sandbox)
    collection = find_submissions(options, plan)
    make_folder(options.out)
    read = partial(read_entry, collection, plan)
    with Reader(read) as reader, Gradebook.open(options.out / GRADEBOOK) as book:
        run, anew = open_run(book, options, plan, protections)
        recorded = Recorded(book, run.id)
        waiting = to_grade(collection, plan, recorded, reader)
        summary = summarise(run, protections, collection, len(waiting), anew)
        absentees = list(absent(collection, plan, recorded))
        if waiting or absentees:
            book.reopen_run(run.id)
        if waiting:
            with judge(options, plan, protections, run.seed, len(waiting)) as host:
                known = Known(book.path if options.reuse else None, plan)
                attempts = Attempts(collection)
                for graded in host.grade(read_all(collection, waiting, reader), known):
                    result = score(graded, plan, book if options.reuse else None)
                    if complete := attempts.add(result):
                        book.record(run.id, *complete)
                    count(summary, result)
                    progress(summary)
        for result in absentees:
            book.record(run.id, result)
            summary.missing += 1
        book.finish_run(run.id)
        if summary.skipped:  # what was kept is named again
            summary.not_understood = [text for result in book.results(run.id) for text in doubts(result)]
        write_all(book, run.id, options.out, lang=options.lang)
    return summary


def summarise(
    run: RunInfo, protections: Protections, collection: Collection, waiting: int, anew: Text | None
) -> Summary:
    """The summary before anything is graded."""
    total, notes, known = len(collection.entries), collection.notes, collection.known
    return Summary(run, protections, total, skipped=total - waiting, notes=notes, known=known, anew=anew)


def make_plan(course_path: Path | None, only: Sequence[str] = ()) -> Plan:
    """Load the course, its exercises and quizzes; `only` narrows them, and an unknown id is an error."""
    course = load_course(course_path)
    for exercise_id in only:
        if not course.entry(exercise_id).points:
            raise UsageError(
                Text(
                    f"{exercise_id} is for practice: {course.path.name} gives no points for it",
                    f"{exercise_id} は練習用です。{course.path.name} で配点が 0 になっています",
                )
            )
    wanted = [i for i in course.graded_ids if not only or i in only]
    exercises = {i: load_exercise(course.solutions_dir / i) for i in wanted if i in course.entries}
    quizzes = {i: load_suite(course.solutions_dir, i) for i in wanted if i in course.quizzes}
    shas = {i: suite_sha(e) for i, e in exercises.items()} | {i: q.sha for i, q in quizzes.items()}
    return Plan(course, exercises, shas, quizzes)


def find_submissions(options: Options, plan: Plan) -> Collection:
    """Step 1: list what was handed in, without reading it yet."""
    roster = read_roster(options.roster) if options.roster else None
    functions = {i: e.config.functions for i, e in plan.exercises.items()}
    return collect(
        options.submissions,
        list(plan.exercises),
        roster,
        functions=functions,
        tz=plan.course.timezone,
        attempts=plan.course.config.attempts,
        quizzes=list(plan.quizzes),
        known=[i for i in plan.course.graded_ids if i not in plan.shas],
    )


def open_run(book: Gradebook, options: Options, plan: Plan, protections: Protections) -> tuple[RunInfo, Text | None]:
    """A new run, or with ``--resume`` the last one if the same things decide a grade; else why not."""
    parts = identity(plan, protections)
    last = book.last_run() if options.resume else None
    if last is not None and last.course_sha == digest(parts) and options.seed in (None, last.seed):
        return last, None
    seed = secrets.randbits(53) if options.seed is None else options.seed
    run_id = book.begin_run(
        course=plan.info(),
        course_sha=digest(parts),
        seed=seed,
        sandbox=protections.as_dict(),
        engine=__version__,
        identity={**parts, "seed": str(seed)},
    )
    now = {**parts, "seed": str(seed if options.seed is not None or last is None else last.seed)}
    return book.run(run_id), None if last is None else why_anew(last, now, run_id)


def identity(plan: Plan, protections: Protections) -> dict[str, str]:
    """All that decides a grade, part by part; who is on the roster does not."""
    config = plan.course.config
    return {
        **suite_parts(plan.shas, plan.exercises),
        "exercises": digest(plan.ids),
        "points": digest({i: str(plan.points(i)) for i in plan.ids}),
        "due": digest([config.timezone, {i: str(plan.course.due(i)) for i in plan.ids}]),
        "late": digest(config.late.model_dump()),
        "limits": digest(config.limits.model_dump()),
        "attempts": config.attempts,
        "engine": __version__,
        "sandbox": digest([protections.level, protections.as_dict()]),
    }


def judge(options: Options, plan: Plan, protections: Protections, seed: int, submissions: int) -> JudgeHost | NoJudge:
    """Step 2: the judge, its suites collected and proved."""
    if not plan.exercises:
        return NoJudge()
    limits = plan.course.config.limits
    return JudgeHost(
        list(plan.exercises.values()),
        str(seed),
        options.jobs or os.cpu_count() or 1,
        protections,
        points={i: plan.points(i) for i in plan.exercises},
        seconds=limits.seconds,
        memory_mb=limits.memory_mb,
        total_seconds=limits.submission_seconds,
        thorough=submissions > FEW,
    )


def to_grade(collection: Collection, plan: Plan, recorded: Recorded, reader: Reader) -> list[int]:
    """The entries that this run has not graded as they are now: new ones, changed ones, and failures of the grader."""
    waiting: list[int] = []
    for student, group in groupby(enumerate(collection.entries), key=lambda numbered: numbered[1].student):
        numbers = [number for number, _ in group]
        if student not in recorded:
            waiting += numbers
            continue
        submissions = list(read_all(collection, numbers, reader))
        if not recorded.stands(student, [_print(s, plan) for s in submissions]):
            waiting += numbers
    return waiting


def _print(submission: Submission, plan: Plan) -> Print:
    late = {i: late_seconds(submission, i, plan) for i in submission.sources if i in plan.shas}
    late = {i: seconds for i, seconds in late.items() if seconds}
    name = None if submission.name is None else clean_line(submission.name)  # as it is recorded
    return Print(submission.attempt, submission.sha256, late, name, submission.ids)


def read_all(collection: Collection, numbers: Iterable[int], reader: Reader) -> Iterator[Submission]:
    """Read submissions one at a time."""
    for number in numbers:
        try:
            yield reader(number)
        except Unread as error:
            yield unread(collection.entries[number].unread(), error.text)


def read_entry(collection: Collection, plan: Plan, number: int) -> Submission:
    """All that is read of one submission, in the reader's process."""
    return prepared(collection.entries[number].read(), plan)


AnySubmission = TypeVar("AnySubmission", bound=Submission)


def prepared(submission: AnySubmission, plan: Plan) -> AnySubmission:
    """A submission with its quizzes scored, and notes on what its code uses."""
    sources, answers = {i: within_limit(source) for i, source in submission.sources.items()}, {}
    for graded_id, source in list(sources.items()):
        notes: tuple[Note, ...] = ()
        if graded_id in plan.exercises:
            notes = shortcuts_used(source, plan.exercises[graded_id].config.banned)
        elif graded_id in plan.quizzes:
            students = (submission.student, *submission.ids.values())
            suite = plan.quizzes[graded_id]
            answers[graded_id], notes = grade_quiz(suite, source, students, plan.points(graded_id))
        sources[graded_id] = replace(source, notes=(*source.notes, *notes))
    return replace(submission, sources=sources, answers=answers)


class Attempts:
    """Holds a student's attempts back until all are graded: recorded last, the best is what counts.

    Where ``attempts: newest`` holds, everybody has one.
    """

    def __init__(self, collection: Collection) -> None:
        self._expected = Counter(entry.student for entry in collection.entries)
        self._graded: dict[str, list[SubmissionResult]] = {}

    def add(self, result: SubmissionResult) -> list[SubmissionResult]:
        """All attempts of the student, the best last, or nothing as long as one is missing."""
        graded = self._graded.setdefault(result.student, [])
        graded.append(result)
        if len(graded) < self._expected[result.student]:
            return []
        return sorted(self._graded.pop(result.student), key=lambda r: (r.score, r.attempt))


class NoJudge:
    """Where only quizzes are graded, nothing has to run."""

    def __enter__(self) -> NoJudge:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def grade(self, submissions: Iterable[Submission], known: object = None) -> Iterator[Graded]:
        return (Graded(submission, {}) for submission in submissions)


class Known:
    """What of a submission the judge need not run.

    These are the quizzes, and for ``regrade`` the exercises whose very code the very same suite
    has graded before. Asked from the thread that feeds the judge, hence a connection of its own.
    """

    def __init__(self, path: Path | None, plan: Plan) -> None:
        self._path = path
        self._plan = plan
        self._book: Gradebook | None = None

    def __call__(self, submission: Submission) -> frozenset[str]:
        quizzes = frozenset(self._plan.quizzes)
        if self._path is None:
            return quizzes
        self._book = book = self._book or Gradebook.open(self._path)
        return quizzes | {
            i
            for i, source in submission.sources.items()
            if i not in quizzes and book.find(submission.student, i, source.sha256, self._plan.shas[i]) is not None
        }


def score(graded: Graded, plan: Plan, book: Gradebook | None = None) -> SubmissionResult:
    """Step 3: points, lateness and notes of one submission."""
    submission = graded.submission
    result = SubmissionResult(
        submission.student,
        tuple(_score_one(graded, i, plan, book) for i in plan.ids),
        submission.received_at,
        submission.attempt,
        submission.name,
        submission.notes,
        submission.sha256,
        graded.seconds,
        submission.ids,
    )
    # The ids are kept as they are: by them a run is resumed and an LMS finds its students.
    return replace(clean_result(result), student=submission.student, extra=submission.ids)


def _score_one(graded: Graded, graded_id: str, plan: Plan, book: Gradebook | None) -> ExerciseResult:
    if (why := graded.submission.unread) is not None:
        return not_understood_result(graded_id, plan.points(graded_id), why, suite_sha256=plan.shas[graded_id])
    if graded_id in plan.exercises:
        return _score_exercise(graded, graded_id, plan, book)
    return _score_quiz(graded.submission, plan.quizzes[graded_id], plan)


def _score_quiz(submission: Submission, suite: QuizSuite, plan: Plan) -> ExerciseResult:
    points, source = plan.points(suite.id), submission.sources.get(suite.id)
    if source is None:
        return lacking(submission, suite.id, points, plan.shas[suite.id])
    if source.unreadable:
        return not_understood_result(suite.id, points, cannot_be_read(source), suite_sha256=plan.shas[suite.id])
    unclear = [note.text for note in source.notes if note.code == "quiz_answers"]
    if unclear and not any(item.response for item in submission.answers[suite.id]):
        return not_understood_result(suite.id, points, in_doubt(unclear[0]), suite_sha256=plan.shas[suite.id])
    problem = (Note("unreadable_file", source.problem),) if source.problem else ()
    return exercise_result(
        suite.id,
        submission.answers[suite.id],
        points,
        late_seconds=late_seconds(submission, suite.id, plan),
        policy=plan.course.config.late,
        notes=(*problem, *source.notes),
        source_sha256=source.sha256,
        suite_sha256=plan.shas[suite.id],
    )


def _score_exercise(graded: Graded, exercise_id: str, plan: Plan, book: Gradebook | None) -> ExerciseResult:
    submission, points, sha = graded.submission, plan.points(exercise_id), plan.shas[exercise_id]
    source = submission.sources.get(exercise_id)
    if source is None:
        return lacking(submission, exercise_id, points, sha)
    if source.unreadable:
        return not_understood_result(exercise_id, points, cannot_be_read(source), suite_sha256=sha)
    late = late_seconds(submission, exercise_id, plan)
    tests = graded.results.get(exercise_id)
    if tests is None and book is not None:
        known = book.find(submission.student, exercise_id, source.sha256, sha)
        tests = known.tests if known else None
    problem = (Note("unreadable_file", source.problem),) if source.problem else ()
    if tests is None or isinstance(tests, str):
        reason = tests or f"{exercise_id}: the judge gave no result"
        note = Note("grader_error", Text(f"The grader failed: {reason}", f"採点プログラムの障害です: {reason}"))
        return grader_error_result(
            exercise_id, points, note, late_seconds=late, source_sha256=source.sha256, suite_sha256=sha
        )
    return exercise_result(
        exercise_id,
        tests,
        points,
        late_seconds=late,
        policy=plan.course.config.late,
        notes=(*problem, *source.notes),
        source_sha256=source.sha256,
        suite_sha256=sha,
    )


def lacking(submission: Submission, graded_id: str, points: Fraction, sha: str) -> ExerciseResult:
    """An exercise that nothing was found for: not handed in, or handed in and not understood."""
    if paths := submission.may_be_in(graded_id):
        return not_understood_result(graded_id, points, not_understood(paths), suite_sha256=sha)
    return missing_result(graded_id, points, suite_sha256=sha)


def late_seconds(submission: Submission, exercise_id: str, plan: Plan) -> int:
    """Seconds after the due date; what the LMS itself marked late is late by a second at least."""
    due = plan.course.due(exercise_id)
    if due is None:
        return 0
    by_clock = 0
    if submission.received_at is not None:
        by_clock = max(0, int((submission.received_at - due).total_seconds()))
    return max(by_clock, 1 if submission.late_by_lms else 0)


def count(summary: Summary, result: SubmissionResult) -> None:
    """Keep the summary up to date."""
    summary.graded += 1
    summary.late += any(e.late_seconds for e in result.exercises)
    student = clean_line(result.student)
    summary.grader_errors += [f"{student}/{e.id}" for e in result.exercises if e.status == "grader_error"]
    summary.not_understood += doubts(result)


def doubts(result: SubmissionResult) -> list[Text]:
    """A line for each group of files that may hold exercises of a student and were not understood."""
    found: dict[Text, list[str]] = {}
    for exercise in result.exercises:
        if exercise.not_understood:
            found.setdefault(exercise.notes[0].text, []).append(exercise.id)
    who = [(f"{clean_line(result.student)} ({', '.join(ids)})", text) for text, ids in found.items()]
    return [Text(f"{name}: {text.en}", f"{name}: {text.ja}") for name, text in who]


def absent(collection: Collection, plan: Plan, done: Container[str]) -> Iterator[SubmissionResult]:
    """Results for those on the roster who handed in nothing."""
    for row in collection.missing:
        if row.student not in done:
            exercises = tuple(missing_result(i, plan.points(i), suite_sha256=plan.shas[i]) for i in plan.ids)
            yield SubmissionResult(row.student, exercises, name=row.name, extra=row.ids)
