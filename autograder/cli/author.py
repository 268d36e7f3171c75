"""The author's verbs: ``new``, ``build``, ``validate``, and the instructor's ``release``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..i18n import Text
from . import State, common

_course = click.option(
    "--course", type=click.Path(exists=True, path_type=Path), help="course.yaml, or the folder that holds it."
)


@click.command()
@_course
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when something is stale.")
@click.option("--force", is_flag=True, help="Overwrite files that were edited by hand.")
@common
@click.pass_obj
def build(state: State, course: Path | None, check: bool, force: bool) -> int:
    """Make exercises/ from solutions/."""
    from ..author import build as builder
    from ..course import load_course

    found = builder.inspect(load_course(course))
    names = {
        "stale": [found.name(p) for p in found.stale],
        "left_over": [found.name(p) for p in found.orphans],
        "unknown": [found.name(p) for p in found.strangers],
    }
    if not check:
        builder.apply(found, force)
    if state.json:
        click.echo(json.dumps({"clean": found.clean, **names}, ensure_ascii=False))
    elif not check:
        click.echo(
            Text(
                f"{len(found.wanted)} files: {len(found.stale)} written, {len(found.orphans)} removed.",
                f"{len(found.wanted)} 個中 {len(found.stale)} 個を更新し、{len(found.orphans)} 個を削除しました。",
            ).get(state.lang)
        )
    elif found.clean:
        click.echo(
            Text(
                f"{len(found.wanted)} files, all up to date.", f"{len(found.wanted)} 個のファイルはすべて最新です。"
            ).get(state.lang)
        )
    else:
        labels = {
            "stale": Text("stale", "古い"),
            "left_over": Text("no longer made", "もう作られない"),
            "unknown": Text("nothing makes this file", "どこからも作られない"),
        }
        for kind, paths in names.items():
            for name in paths:
                click.echo(f"{name}: {labels[kind].get(state.lang)}")
        click.echo(builder.difference(found))
        click.echo(Text("Run 'autograder build'.", "autograder build を実行してください。").get(state.lang))
    return 0 if found.clean or not check else 1


@click.command()
@_course
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default="student.zip", show_default=True)
@common
@click.pass_obj
def release(state: State, course: Path | None, out: Path) -> int:
    """Pack what students get into one zip."""
    from ..author.release import release as pack
    from ..course import load_course

    names = pack(load_course(course), out)
    if state.json:
        click.echo(json.dumps({"out": str(out), "files": names}, ensure_ascii=False))
    else:
        exercises = sum(name.startswith("exercises/") for name in names)
        click.echo(
            Text(
                f"{out}: {len(names)} files, {exercises} of them in exercises/. No solution is among them.",
                f"{out}: {len(names)} 個のファイル（うち exercises/ が {exercises} 個）。解答は含まれていません。",
            ).get(state.lang)
        )
    return 0
