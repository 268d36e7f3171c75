"""``autograder export gradescope``: the course as an autograder zip."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..course.load import load_course
from ..errors import UsageError
from ..i18n import Text
from ..lms.gradescope import export
from . import State, common


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("autograder.zip"),
    show_default=True,
    help="The zip to write.",
)
@click.option("--course", type=click.Path(path_type=Path), help="course.yaml, or its folder.")
@click.option("--only", help="Ids of the exercises of this assignment, separated by commas [all].")
@click.option("--yes", is_flag=True, help="Replace an existing file.")
@common
@click.pass_obj
def gradescope(state: State, out: Path, course: Path | None, only: str | None, yes: bool) -> int:
    """Write a zip that makes a Gradescope programming assignment grade with this course.

    It holds the solutions and the hidden tests: upload it, and give it to nobody else.
    """
    if out.exists() and not yes:
        raise UsageError(
            Text(
                f"{out} exists. Nothing was written; give --yes to replace it, or another --out.",
                f"{out} が既にあります。何も書き込んでいません。置き換える場合は --yes を、"
                "そうでなければ別の --out を指定してください。",
            )
        )
    wanted = tuple(i.strip() for i in (only or "").split(",") if i.strip())
    loaded = load_course(course)
    ids = export(loaded, out, wanted, state.lang)
    points = sum(loaded.entry(i).points for i in ids)
    if state.json:
        click.echo(json.dumps({"written": str(out), "exercises": ids, "points": points}))
        return 0
    names = ", ".join(ids)
    text = Text(
        f"Written: {out} ({len(ids)} exercises, {points:g} points: {names})\n"
        f"In Gradescope: make a programming assignment with Autograder Points {points:g}, then upload the file "
        "at Configure Autograder.\n"
        "It holds the solutions and the hidden tests: give it to nobody else.",
        f"作成しました: {out}（演習 {len(ids)} 問、{points:g} 点: {names}）\n"
        f"Gradescope で Programming Assignment を作成し、Autograder Points を {points:g} とした上で、"
        "Configure Autograder の画面でこのファイルをアップロードしてください。\n"
        "解答と非公開テストが入っています。学生の手に渡らないようにしてください。",
    )
    click.echo(text.get(state.lang))
    return 0
