"""``autograder report``: write the reports of a graded class again, from its gradebook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..i18n import Text
from . import State, common, misuse

if TYPE_CHECKING:
    from ..gradebook import Gradebook

GRADEBOOK = "gradebook.sqlite"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--run", "run_id", type=click.IntRange(1), help="Number of the grading run [the last].")
@click.option("--all-runs", is_flag=True, help="The newest grade of each exercise over all runs.")
@common
@click.pass_obj
def report(state: State, folder: Path, run_id: int | None, all_runs: bool) -> int:
    """Write all reports below DIR again, from DIR/gradebook.sqlite.

    DIR is what `autograder grade --out` was given. The course is not needed.
    """
    from ..gradebook import Gradebook
    from ..report import write_all

    if run_id is not None and all_runs:
        raise misuse(Text("--run and --all-runs exclude each other.", "--run と --all-runs は同時に指定できません。"))
    with Gradebook.open(folder / GRADEBOOK, create=False) as gradebook:
        chosen = None if all_runs else run_id or _last(gradebook)
        paths = write_all(gradebook, chosen, folder, lang=state.lang)
    if state.json:
        click.echo(json.dumps({"run": chosen, "written": [str(path) for path in paths]}, ensure_ascii=False))
    else:
        click.echo(Text("Written:", "作成しました:").get(state.lang))
        for path in paths:
            click.echo(f"  {path}")
    return 0


def _last(gradebook: Gradebook) -> int | None:
    run = gradebook.last_run()
    return run.id if run else None
