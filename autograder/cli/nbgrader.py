"""``autograder nbgrader init``: parse, call, print."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..i18n import Text
from . import State, common


@click.group()
@common
def nbgrader() -> None:
    """Use the course in nbgrader."""


@nbgrader.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--course", type=click.Path(path_type=Path), help="course.yaml, or its folder.")
@click.option(
    "--roster", type=click.Path(path_type=Path), help="CSV of the class; its students come into gradebook.db."
)
@click.option(
    "--layout",
    type=click.Choice(["units", "one"]),
    default="units",
    show_default=True,
    help="An assignment for each unit, or one with every exercise.",
)
@click.option("--force", is_flag=True, help="Overwrite files and due dates that differ.")
@common
@click.pass_obj
def init(state: State, /, folder: Path, course: Path | None, roster: Path | None, layout: str, force: bool) -> int:
    """Make a complete nbgrader course in DIR; --lang is the language of its notebooks too."""
    from ..course.load import load_course
    from ..nbgrader.init import init as make

    made = make(load_course(course), folder, roster_path=roster, lang=state.lang, layout=layout, force=force)
    if state.json:
        found = {
            "root": str(made.root),
            "course_id": made.course_id,
            "assignments": made.assignments,
            "written": made.written,
            "kept": made.kept,
            "students": made.students,
        }
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    first = made.assignments[0]
    lines = [
        Text(
            f"{made.root}: {len(made.assignments)} assignments ({', '.join(made.assignments)}).",
            f"{made.root}: 課題は {len(made.assignments)} 個です（{'、'.join(made.assignments)}）。",
        ),
        Text(
            f"{len(made.written)} files written, {len(made.kept)} were up to date; {made.students} students.",
            f"{len(made.written)} 個のファイルを書き込みました（最新だったもの {len(made.kept)} 個）。"
            f"学生は {made.students} 名です。",
        ),
        Text("Next:", "次の手順:"),
        Text(f"  cd {made.root}", f"  cd {made.root}"),
        Text(f"  nbgrader generate_assignment {first}", f"  nbgrader generate_assignment {first}"),
        Text(f"  nbgrader release_assignment {first}", f"  nbgrader release_assignment {first}"),
    ]
    for line in lines:
        click.echo(line.get(state.lang))
    return 0
