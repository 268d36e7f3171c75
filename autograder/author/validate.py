"""Prove the course: its content is tested like code.

`validate` is the table of contents: read, check what shows on paper, grade every version with
the real judge, and search what students get for secrets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..course.declared import PartialVersion
from ..course.exercise import Exercise, load_exercise
from ..course.load import FILE, LoadedCourse
from ..course.version import Version
from ..errors import AutograderError
from ..model import TestResult
from .build import LEDGER, inspect
from .called import functions_called
from .fairness import Called, check_groups, check_order, check_partial, check_steady, read_order, read_partial
from .inventory import check_inventory, check_tests, read_wrong
from .leaks import find_leaks, secrets_of
from .parity import check_parity
from .problems import Problem, error, shown, warning
from .profile import ROLES, Row, make_row, ordered
from .proof import Results, Trial, check_sharpness, check_trial, run_trials, trials_of
from .quizzes import check_quizzes, quiz_secrets
from .release import engine_files, frame_files
from .stub import make_stub
from .visible_causes import check_visible_causes

Order = Mapping[Version, Sequence[Version]]
Runs = dict[tuple[str, Version], Results]  # by exercise


@dataclass
class Report:
    """What was found about one exercise or quiz, or (``id`` is "course") about the course as a whole.

    ``rows`` says what each version scored with the first seed.
    """

    id: str
    problems: list[Problem] = field(default_factory=list)
    tests: int = 0
    wrong: int = 0
    right: int = 0
    partial: int = 0
    rows: list[Row] = field(default_factory=list)
    quiz: bool = False

    @property
    def ok(self) -> bool:
        return all(p.level != "error" for p in self.problems)

    def add(self, problems: Sequence[Problem]) -> None:
        """Keep each problem once: another seed finds most of them again."""
        self.problems += [p for p in dict.fromkeys(problems) if p not in self.problems]

    def as_dict(self, root: Path, profile: bool = False) -> dict[str, Any]:
        return {
            "id": self.id,
            "ok": self.ok,
            "tests": self.tests,
            "wrong": self.wrong,
            "right": self.right,
            "partial": self.partial,
            "problems": [
                {"level": p.level, "file": shown(p.file, root), "message": p.text.as_dict()} for p in self.problems
            ],
            **({"versions": [row.as_dict() for row in ordered(self.rows)]} if profile else {}),
        }


def validate(
    course: LoadedCourse,
    only: Sequence[str] = (),
    seeds: Sequence[str] = ("1",),
    done: Callable[[str], None] = lambda _: None,
) -> list[Report]:
    """Validate exercises, and what students get of them.

    Parameters
    ----------
    only
        Ids of exercises and quizzes; empty for all.
    seeds
        The suites run once for each; with two or more, a score may hardly depend on which.
    done
        Called with a word on what was finished, for progress.
    """
    wanted = [course.entry(i).id for i in only]
    ids = [i for i in wanted if i in course.entries] if only else course.exercise_ids
    reports = {i: Report(i) for i in ids}
    exercises: dict[str, Exercise] = {}
    order: dict[str, Order] = {}
    trials: list[Trial] = []
    for exercise_id, report in reports.items():
        try:
            exercise = load_exercise(course.solutions_dir / exercise_id)
            exercises[exercise_id] = exercise
            found, order[exercise_id] = on_paper(exercise, report)
            trials += found
            report.add(check_visible_causes(exercise))
        except AutograderError as failure:
            report.add([Problem(course.solutions_dir / exercise_id, failure.text)])
        done(exercise_id)
    if trials:
        runs: list[Runs] = []
        for seed in seeds:
            runs.append(graded(course, exercises, trials, seed, reports))
            done(f"seed {seed}")
        fair(exercises, trials, order, runs, reports)
    if not only or len(ids) < len(wanted):
        for quiz_id, problems in check_quizzes(course, [i for i in wanted if i in course.quizzes]).items():
            reports[quiz_id] = Report(quiz_id, problems, quiz=True)
            done(quiz_id)
    return [*reports.values(), published(course, exercises)]


def on_paper(exercise: Exercise, report: Report) -> tuple[list[Trial], Order]:
    """Check all that shows without running it; returns the versions to run, and which are better than which."""
    wrong, problems = read_wrong(exercise)
    partial, more = read_partial(exercise)
    order, unknown = read_order(exercise, [*wrong, *partial])
    report.wrong, report.right, report.partial = len(exercise.wrong), len(exercise.right), len(exercise.partial)
    report.add([*problems, *more, *unknown])
    try:
        stub = make_stub(exercise.reference, exercise.config.functions)
    except AutograderError as failure:
        report.add([Problem(exercise.reference, failure.text)])
        stub = None
    report.add(check_parity(exercise))
    report.add(list(check_inventory(exercise, wrong)))
    return trials_of(exercise, stub, wrong, partial), order


def graded(
    course: LoadedCourse,
    exercises: Mapping[str, Exercise],
    trials: Sequence[Trial],
    seed: str,
    reports: Mapping[str, Report],
) -> Runs:
    """Grade every version and compare with what it declares; returns the results."""
    wrong: dict[str, list[Results]] = {i: [] for i in exercises}
    runs: Runs = {}
    told: set[str] = set()
    for trial, results in run_trials(list(exercises.values()), trials, seed, course.config.limits.seconds):
        report, exercise = reports[trial.exercise], exercises[trial.exercise]
        if isinstance(results, str):
            if results not in told:
                told.add(results)
                report.add([error(exercise.folder, f"cannot be graded: {results}", f"採点できません: {results}")])
            continue
        runs[trial.exercise, trial.version] = results
        report.add(list(check_trial(trial, results)))
        if trial.version.role == "reference":
            report.tests = _count(results)
            report.add(list(check_tests(exercise, results)))
        elif trial.version.role == "wrong":
            wrong[trial.exercise].append(results)
    for exercise_id, results_of in wrong.items():
        reports[exercise_id].add(list(check_sharpness(exercises[exercise_id], results_of)))
    return runs


def fair(
    exercises: Mapping[str, Exercise],
    trials: Sequence[Trial],
    order: Mapping[str, Order],
    runs: Sequence[Runs],
    reports: Mapping[str, Report],
) -> None:
    """Hold the scores of the versions against each other, and against those of other seeds."""
    called: dict[str, Called] = {}
    for trial in trials:
        version, exercise_id = trial.version, trial.exercise
        key, report = (exercise_id, version), reports[exercise_id]
        results = [run[key] for run in runs if key in run]
        if not results:
            continue
        if version.role == "reference":
            called[exercise_id] = functions_called(exercises[exercise_id])
            report.add(list(check_groups(exercises[exercise_id], results[0], called[exercise_id])))
        elif version.role in ROLES:
            of_test = called[exercise_id]
            report.rows.append(make_row(exercises[exercise_id], trial, results[0], of_test))
            if isinstance(trial.declared, PartialVersion):
                for one in results:
                    report.add(list(check_partial(trial.declared, one, of_test)))
            report.add(list(check_steady(version, results)))
    for exercise_id, is_better in order.items():
        for run in runs:
            by_version = {version: found for (exercise, version), found in run.items() if exercise == exercise_id}
            reports[exercise_id].add(list(check_order(is_better, by_version)))


def published(course: LoadedCourse, exercises: Mapping[str, Exercise]) -> Report:
    """Is ``exercises/`` up to date, and is nothing secret in it or in the students' zip?"""
    report = Report("course")
    folder = course.exercises_dir
    report.add(list(unlisted(course)))
    try:
        state = inspect(course)
        changed = [*state.stale, *state.orphans, *state.strangers]
        report.add(
            [
                error(p, "stale; run 'autograder build'", "最新ではありません。autograder build を実行してください")
                for p in changed
            ]
        )
    except AutograderError as failure:
        report.add([Problem(course.path, failure.text)])
    # The files as they lie there, whatever the build believes.
    there = {f"exercises/{p.relative_to(folder).as_posix()}": p for p in sorted(folder.rglob("*")) if _counts(p)}
    files = {name: path.read_bytes() for name, path in there.items()} | frame_files(course)
    content = list(files)
    leaks = find_leaks(files | engine_files(), [*secrets_of(exercises.values()), *quiz_secrets(course)], content)
    report.add([Problem(folder, leak) for leak in leaks])
    return report


def unlisted(course: LoadedCourse) -> Iterator[Problem]:
    """Warn of an exercise that nobody gets, because course.yaml does not list it."""
    for path in sorted(course.solutions_dir.glob("*/exercise.yaml")):
        if path.parent.name not in course.entries:
            yield warning(path.parent, f"not listed in {FILE}", f"{FILE} に挙げられていません")


def _counts(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts and path.name != LEDGER


def _count(results: Sequence[TestResult]) -> int:
    return sum(r.tier == "hidden" for r in results)
