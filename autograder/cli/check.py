"""``autograder check``: run the visible checks and say what is wrong."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..i18n import Text
from ..student.course import Course, Exercise, find_course
from ..student.runner import run_checks
from ..student.source import is_begun
from . import State, common

if TYPE_CHECKING:
    from ..student.results import ExerciseReport

gc.disable()  # a command of a tenth of a second has no garbage; `student.child` turns it on again


@common
@click.command("check")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.pass_obj
def check(state: State, ids: tuple[str, ...]) -> int:
    """Run the visible checks of exercises.

    ID is an exercise, a unit, or a path such as exercises/relu. Without one, everything that
    you have begun is checked. The exit code is 0 when all checks pass and 1 when one fails.
    """
    cwd = Path.cwd()
    course = find_course(cwd)
    exercises = _chosen(course, ids, cwd)
    running = run_checks(exercises)
    # Imported while the checks start in their own process.
    import json

    from ..student.progress import Progress
    from ..student.results import document
    from ..student.show import report_lines, summary
    from ..student.source import sha

    progress = Progress(course)
    reports: list[ExerciseReport] = []
    shas = {e.id: sha(e.file) for e in exercises}
    for exercise, report in zip(exercises, running, strict=True):
        reports.append(report)
        if report.begun:
            progress.note_check(exercise, shas[exercise.id], report.state == "passed")
        if not state.json:
            file = course.relative(exercise.file, cwd)
            click.echo("\n".join(report_lines(report, exercise.title, file, state.lang)) + "\n")
    if state.json:
        click.echo(json.dumps(document(reports), ensure_ascii=False, indent=1))
    else:
        click.echo(summary(reports, state.lang))
        click.echo(_next_step(course, progress.current(), reports, cwd).get(state.lang))
    return 0 if reports and all(r.state == "passed" for r in reports) else 1


def _chosen(course: Course, ids: tuple[str, ...], cwd: Path) -> list[Exercise]:
    """What the words on the command line mean; without any, what is begun, else the first exercise."""
    if ids:
        found = [e for name in ids for e in course.find(name, cwd)]
        return list({e.id: e for e in found}.values())
    return [e for e in course.exercises if is_begun(e)] or course.exercises[:1]


def _next_step(course: Course, following: Exercise | None, reports: list[ExerciseReport], cwd: Path) -> Text:
    failed = [r for r in reports if r.state != "passed"]
    if failed:
        exercise = course.find(failed[0].id, cwd)[0]
        file = course.relative(exercise.file, cwd)
        return Text(
            f"Next: edit {file}, then 'autograder check {exercise.id}'. Stuck? 'autograder hint {exercise.id}'",
            f"次は: {file} を編集してから autograder check {exercise.id} を実行しましょう。"
            f"ヒント: autograder hint {exercise.id}",
        )
    if following is None:
        return Text(
            "Every exercise is passed. Hand in with 'autograder submit'.",
            "全演習に合格しました。次は: autograder submit",
        )
    return Text(
        f"Grading uses more tests than these. Next: 'autograder start {following.id}'",
        f"採点では、これ以外のテストも使います。次は: autograder start {following.id}",
    )
