"""``autograder demo``: the whole thing on a class that it makes itself."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import UsageError
from ..i18n import Text
from . import State, common
from .grade import run


@click.command()
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("demo-class"),
    show_default=True,
    help="Folder of the class.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("demo-out"),
    show_default=True,
    help="Folder for all results.",
)
@click.option("--students", type=click.IntRange(1, 5000), default=60, show_default=True, help="Number of students.")
@click.option("--jobs", type=click.IntRange(1, 1024), help="Submissions at the same time [all cores].")
@click.option("--seed", type=click.IntRange(0, 2**62), help="Repeat a grading with the same inputs.")
@common
@click.pass_obj
def demo(state: State, folder: Path, out: Path, students: int, jobs: int | None, seed: int | None) -> int:
    """Make a class of plausible submissions, grade it, and say where to look."""
    from ..course.exercise import load_exercise
    from ..course.load import load_course
    from ..demo.class_of_sixty import make_class
    from ..pipeline import Options

    if folder.exists() and not (folder / "submissions").is_dir() and any(folder.iterdir()):
        raise UsageError(
            Text(
                f"{folder} exists and is not a demo class; give another --dir.",
                f"{folder} は見本のクラスではありません。--dir で別の場所を指定してください。",
            )
        )
    course = load_course()
    exercises = {i: load_exercise(course.solutions_dir / i) for i in course.exercise_ids}
    made = make_class(folder, course, exercises, students)
    if not state.json:
        command = f"autograder grade {made.submissions} --out {out} --course {made.course} --roster {made.roster}"
        click.echo(
            Text(
                f"Made a class of {students} in {made.folder} (and {made.moodle_zip.name}). Now running:\n  {command}",
                f"{students} 名のクラスを {made.folder} に作りました（{made.moodle_zip.name} もあります）。"
                f"続けて次を実行します。\n  {command}",
            ).get(state.lang)
        )
    options = Options(made.submissions, out, made.course, jobs=jobs, seed=seed, roster=made.roster, lang=state.lang)
    return run(state, options)
