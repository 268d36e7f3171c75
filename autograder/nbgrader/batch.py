"""``autograder grade --nbgrader DIR``: the submissions of a whole nbgrader course, on all cores.

The steps are those of `pipeline.grade_class`, with nbgrader's folders in front and its gradebook
as one more place to write to. A student has one folder an assignment, each with its own time of
arrival, so each is graded as a submission of its own; a student's results are put together when
the last of them is in. Whoever handed in nothing gets no row in nbgrader's gradebook.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from ..collect import Collection, Roster, read_roster
from ..collect.choose import digest
from ..collect.reader import Reader, Unread, unread
from ..errors import UsageError
from ..files import make_folder
from ..gradebook import Gradebook
from ..i18n import Text
from ..judge.client import Graded
from ..model import ExerciseResult, Note, Submission, SubmissionResult
from ..pipeline import (
    GRADEBOOK,
    Options,
    Plan,
    Progress,
    Summary,
    absent,
    count,
    judge,
    late_seconds,
    make_plan,
    open_run,
    score,
)
from ..report import write_all
from ..resume import Print, Recorded
from ..sandbox.levels import probe
from ..score import missing_result
from .batch_course import NbgraderCourse, Place, open_course, timestamp
from .batch_record import Recorder
from .session import Handed, read_submission
from .where import course as configured_course

# Below the course: where our own outputs go unless --out says otherwise. Not "autograder": nbgrader puts its
# working directory on the import path, where a folder of that name can hide the package.
OUT = "results"


def grade_nbgrader(folder: Path, options: Options, progress: Progress = lambda _: None) -> Summary:
    """Grade all that was handed in to the nbgrader course in `folder`.

    Scores go into its ``gradebook.db``, notebooks into ``autograded/``, and our own gradebook,
    tables and pages below ``options.out``; `options.submissions` is not used.

    Raises
    ------
    UsageError
        There is no such course, or nothing to grade.
    """
    if options.only or options.reuse:
        raise UsageError(_ALL_OR_NOTHING)
    ours = open_course(folder)
    plan = _plan(ours, options)
    protections = probe(options.sandbox)
    students = list(dict.fromkeys(place.student for place in ours.places))
    roster = read_roster(options.roster) if options.roster else None
    notes = _unknown(students, roster)
    missing = tuple(row for row in roster.rows if row.student not in students) if roster else ()
    make_folder(options.out)
    with Gradebook.open(options.out / GRADEBOOK) as book, Recorder(ours, plan.info()) as recorder:
        run, anew = open_run(book, options, plan, protections)
        recorded = Recorded(book, run.id)
        read = partial(_read, ours.places, ours, plan, roster)
        with Reader(read, (Handed,)) as reader:
            numbers = _to_grade(ours, plan, recorded, reader)
            places = [ours.places[number] for number in numbers]
            kept = len(students) - len({place.student for place in places})
            summary = Summary(run, protections, len(students), skipped=kept, notes=notes, anew=anew)
            absentees = list(absent(Collection((), missing), plan, recorded))
            if places or absentees:
                book.reopen_run(run.id)
            if places:
                with judge(options, plan, protections, run.seed, len(students)) as host:
                    graded = host.grade(_read_all(ours.places, numbers, reader), None)
                    for result in _recorded(graded, places, ours, recorder, plan):
                        book.record(run.id, result)
                        count(summary, result)
                        progress(summary)
            for result in absentees:
                book.record(run.id, result)
                summary.missing += 1
            book.finish_run(run.id)
        write_all(book, run.id, options.out, lang=options.lang)
    return summary


def _to_grade(ours: NbgraderCourse, plan: Plan, recorded: Recorded, reader: Reader) -> list[int]:
    """The places of students whose work this run has not graded as it is now."""
    by_student: dict[str, list[int]] = {}
    for number, place in enumerate(ours.places):
        by_student.setdefault(place.student, []).append(number)
    waiting = []
    for student, numbers in by_student.items():
        if student not in recorded or not recorded.stands(student, [_print(ours, plan, numbers, reader)]):
            waiting += numbers
    return waiting


def _print(ours: NbgraderCourse, plan: Plan, numbers: list[int], reader: Reader) -> Print:
    """What the row of a student follows from; see `_whole`."""
    handed = {
        ours.places[n].assignment: s for n, s in zip(numbers, _read_all(ours.places, numbers, reader), strict=True)
    }
    first = handed[min(handed)]
    late = {
        i: seconds
        for a, submission in handed.items()
        for i in submission.sources
        if i in ours.exercises(a) and (seconds := late_seconds(submission, i, plan))
    }
    sha = digest(f"{a}:{handed[a].sha256}" for a in sorted(handed))
    return Print(first.attempt, sha, late, first.name, first.ids)


def _plan(ours: NbgraderCourse, options: Options) -> Plan:
    course = options.course or configured_course().path
    return make_plan(course, list(dict.fromkeys(i for a in ours.cells for i in ours.exercises(a))))


def _unknown(students: list[str], roster: Roster | None) -> tuple[Note, ...]:
    return tuple(
        Note("unmatched_student", Text(f"{s} is not on the roster", f"{s} は名簿にありません"))
        for s in students
        if roster is not None and s not in roster
    )


def _read_all(places: Sequence[Place], numbers: list[int], reader: Reader) -> Iterator[Submission]:
    for number in numbers:
        place = places[number]
        try:
            yield reader(number)
        except Unread as error:
            yield unread(Handed(place.student, {}, assignment=place.assignment), error.text)


def _read(places: Sequence[Place], ours: NbgraderCourse, plan: Plan, roster: Roster | None, number: int) -> Handed:
    place = places[number]
    received, notes = timestamp(place.folder)
    row = roster.get(place.student) if roster else None
    released = {f"{name}.ipynb" for name in ours.cells[place.assignment]}
    handed = read_submission(
        place.folder, place.student, place.assignment, plan, ours.exercises(place.assignment), released, received
    )
    return replace(handed, notes=(*handed.notes, *notes), name=row.name if row else None, ids=row.ids if row else {})


def _recorded(
    graded: Iterator[Graded],
    places: list[Place],
    ours: NbgraderCourse,
    recorder: Recorder,
    plan: Plan,
) -> Iterator[SubmissionResult]:
    """Write each submission into nbgrader's gradebook; yield a student when all of theirs are there."""
    where = {(place.student, place.assignment): place for place in places}
    open_: dict[str, dict[str, SubmissionResult]] = {}
    left: dict[str, int] = {}
    for place in places:
        left[place.student] = left.get(place.student, 0) + 1
    for one in graded:
        handed, result = one.submission, score(one, plan)
        assert isinstance(handed, Handed)  # from _read
        ids = ours.exercises(handed.assignment)
        own = {e.id: e for e in result.exercises if e.id in ids}
        recorder.record(where[handed.student, handed.assignment], handed.received_at, own)
        parts = open_.setdefault(handed.student, {})
        parts[handed.assignment] = replace(result, exercises=tuple(own.values()))
        left[handed.student] -= 1
        if not left[handed.student]:
            yield _whole(open_.pop(handed.student), plan)


def _whole(parts: Mapping[str, SubmissionResult], plan: Plan) -> SubmissionResult:
    """A student's result over all assignments; what was in none of them is missing."""
    ordered = [parts[name] for name in sorted(parts)]
    found: dict[str, ExerciseResult] = {}
    for part in ordered:
        for exercise in part.exercises:
            there = found.get(exercise.id)
            if there is None or (
                there.status == "missing" and (exercise.status != "missing" or not there.not_understood)
            ):
                found[exercise.id] = exercise
    received = [part.received_at for part in ordered if part.received_at is not None]
    newest: datetime | None = max(received, default=None)
    missing = {i: missing_result(i, plan.points(i), suite_sha256=plan.shas[i]) for i in plan.exercises}
    return replace(
        ordered[0],
        exercises=tuple((missing | found).values()),
        received_at=newest,
        notes=tuple(dict.fromkeys(note for part in ordered for note in part.notes)),
        submission_sha256=digest(f"{a}:{parts[a].submission_sha256}" for a in sorted(parts)),
        seconds=sum(part.seconds for part in ordered),
    )


_ALL_OR_NOTHING = Text(
    "--nbgrader grades whole assignments: leave out --only and use 'grade', not 'regrade'",
    "--nbgrader は課題全体を採点します。--only は指定できません。regrade ではなく grade を使ってください",
)
