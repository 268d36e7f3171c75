"""The author's verbs: ``new``, ``build``, ``validate``, and the instructor's ``release``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import UsageError
from ..i18n import Text
from . import State, common

if TYPE_CHECKING:
    from ..course.load import LoadedCourse

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
    from ..course.load import load_course

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
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default="student.zip",
    show_default=True,
    help="The zip to write.",
)
@common
@click.pass_obj
def release(state: State, course: Path | None, out: Path) -> int:
    """Pack what students get into one zip."""
    from ..author.release import release as pack
    from ..course.load import load_course

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


@click.command()
@click.argument("ids", nargs=-1)
@_course
@click.option(
    "--repeat",
    "--seeds",
    "seeds",
    type=click.IntRange(1, 20),
    default=1,
    show_default=True,
    help="Run the suites so often, each time with another seed: no score may depend on it.",
)
@click.option("--show", metavar="NAME", help="Print one version of ID whole, with its difference from its base.")
@click.option("--profile", is_flag=True, help="Show what each version scores, which groups it loses, and why.")
@common
@click.pass_obj
def validate(
    state: State, ids: tuple[str, ...], course: Path | None, seeds: int, show: str | None, profile: bool
) -> int:
    """Prove the course, or some exercises of it; exit 1 when something is wrong."""
    from ..author.problems import shown
    from ..author.profile import table
    from ..author.validate import validate as prove
    from ..course.load import load_course

    loaded = load_course(course)
    if show is not None:
        return _show(loaded, ids, show)

    def done(what: str) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{what:40}\r", nl=False, err=True)

    reports = prove(loaded, ids, [str(seed) for seed in range(1, seeds + 1)], done)
    ok = all(report.ok for report in reports)
    if state.json:
        found = {"ok": ok, "reports": [report.as_dict(loaded.root, profile) for report in reports]}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return 0 if ok else 1
    width = max(len(report.id) for report in reports)
    for report in reports:
        numbers = Text(
            f"{report.tests} tests, {report.wrong} wrong, {report.partial} half right, {report.right} right",
            f"テスト {report.tests} 個、誤答例 {report.wrong} 個、部分正解 {report.partial} 個、別解 {report.right} 個",
        )
        detail = "" if report.id == "course" or report.quiz else numbers.get(state.lang)
        click.echo(f"{report.id:{width}}  {'ok' if report.ok else 'NG'}  {detail}".rstrip())
        if profile and report.rows:
            click.echo(table(report.rows, state.lang, sys.stdout.isatty()))
        for problem in report.problems:
            mark = "! " if problem.level == "error" else "? "
            text = problem.text.get(state.lang)
            name = shown(problem.file, loaded.root)
            click.echo(f"  {mark}{text if text.startswith(str(problem.file)) else f'{name}: {text}'}")
    errors = sum(p.level == "error" for r in reports for p in r.problems)
    warnings = sum(len(r.problems) for r in reports) - errors
    click.echo(
        Text(f"{errors} errors (!), {warnings} warnings (?)", f"エラー（!）{errors} 件、警告（?）{warnings} 件").get(
            state.lang
        )
    )
    return 0 if ok else 1


def _show(course: LoadedCourse, ids: tuple[str, ...], name: str) -> int:
    """Print a version: its code, and the difference where it is a slip."""
    from ..course.exercise import load_exercise

    if len(ids) != 1:
        raise UsageError(Text("--show NAME needs one exercise", "--show NAME には演習を 1 つ指定してください"))
    version = load_exercise(course.solutions_dir / course.entry(ids[0]).id).version(name)
    click.echo(version.code.rstrip("\n"))
    if version.base is not None:
        click.echo(f"\n# {version.where}\n{version.difference()}")
    return 0


@click.command()
@click.argument("exercise_id", metavar="ID")
@click.option("--unit", help="The unit it will belong to.")
@_course
@common
@click.pass_obj
def new(state: State, exercise_id: str, unit: str | None, course: Path | None) -> int:
    """Make the skeleton of an exercise."""
    from ..author.new import new_exercise, next_steps
    from ..course.load import load_course

    loaded = load_course(course)
    folder = new_exercise(loaded, exercise_id, unit)
    if state.json:
        click.echo(json.dumps({"folder": str(folder)}, ensure_ascii=False))
    else:
        click.echo(next_steps(loaded, exercise_id, folder, unit).get(state.lang))
    return 0
