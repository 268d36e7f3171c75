"""``autograder upload``: send the scores of a graded class to an LMS; dry run, confirm, send, read back."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError
from ..i18n import Lang, Text
from . import State, common

if TYPE_CHECKING:
    from ..lms.rows import GradeRow
    from ..lms.upload import Plan, Report, Target


def _options(command: Any) -> Any:
    for option in reversed(
        [
            click.option(
                "--gradebook",
                required=True,
                type=click.Path(path_type=Path),
                help="Folder that grade --out made, or its gradebook.sqlite.",
            ),
            click.option("--column", default="total", show_default=True, help="Exercise id, or total."),
            click.option("--run", "run_id", type=click.IntRange(1), help="Number of the grading run [all runs]."),
            click.option("--student", "students", multiple=True, help="Only this student; may be repeated."),
            click.option(
                "--absent",
                type=click.Choice(["skip", "zero"]),
                default="skip",
                show_default=True,
                help="Who handed in nothing is left alone, or gets 0.",
            ),
            click.option(
                "--not-understood",
                type=click.Choice(["skip", "zero"]),
                default="skip",
                show_default=True,
                help="Work that the grader could not make sense of is left alone, or gets 0.",
            ),
            click.option("--comments", type=click.Choice(["en", "ja", "none"]), help="Language of the comments."),
            click.option("--dry-run", is_flag=True, help="Show what would change, and stop."),
            click.option("--yes", is_flag=True, help="Send without asking."),
            click.option("--plain-http", is_flag=True, help="Allow http:// (a test server in a closed network)."),
        ]
    ):
        command = option(command)
    return common(command)


_SCALE = click.option("--scale", is_flag=True, help="Convert scores to the maximum in the LMS.")


@click.group()
@common
def upload() -> None:
    """Send the scores of a graded class to an LMS.

    What is there is read and compared first; nothing is written without --yes or your answer.
    Tokens come from the environment, never from an option. docs/lms-upload.md says how to get one.
    """


@upload.command()
@click.option("--assignment", required=True, help="Number in the address of its page, instance:NUMBER, or the address.")
@click.option("--url", envvar="AUTOGRADER_MOODLE_URL", help="Address of the site [$AUTOGRADER_MOODLE_URL].")
@_SCALE
@_options
@click.pass_obj
def moodle(state: State, /, assignment: str, url: str | None, plain_http: bool, **given: Any) -> int:
    """An assignment in Moodle. Token: $AUTOGRADER_MOODLE_TOKEN."""
    from ..lms.upload.connect import connect_moodle

    return run(state, connect_moodle(url, assignment, plain_http=plain_http), **given)


@upload.command()
@click.option("--assignment", required=True, help="Its number, or the address of its page.")
@click.option("--course", help="Number of the course.")
@click.option("--url", envvar="AUTOGRADER_CANVAS_URL", help="Address of the site [$AUTOGRADER_CANVAS_URL].")
@_SCALE
@_options
@click.pass_obj
def canvas(
    state: State, /, assignment: str, course: str | None, url: str | None, plain_http: bool, **given: Any
) -> int:
    """An assignment in Canvas. Token: $AUTOGRADER_CANVAS_TOKEN."""
    from ..lms.upload.connect import connect_canvas

    return run(state, connect_canvas(url, course, assignment, plain_http=plain_http), **given)


@upload.command()
@click.option("--assignment", required=True, help="Resource id of the line item (made if new), or its address.")
@click.option("--url", required=True, envvar="AUTOGRADER_LTI_LINEITEMS", help="Address of the course's line items.")
@click.option(
    "--client-id", required=True, envvar="AUTOGRADER_LTI_CLIENT_ID", help="Client id of the tool at the platform."
)
@click.option("--token-url", required=True, envvar="AUTOGRADER_LTI_TOKEN_URL", help="Address that gives access tokens.")
@click.option("--key-id", envvar="AUTOGRADER_LTI_KEY_ID", help="kid of the public key at the platform.")
@click.option("--audience", envvar="AUTOGRADER_LTI_AUDIENCE", help="aud of the assertion [the token address].")
@click.option("--members", envvar="AUTOGRADER_LTI_MEMBERS", help="Address of the names and roles service.")
@click.option("--label", help="Title of a line item that has to be made [the assignment].")
@_options
@click.pass_obj
def lti(
    state: State,
    /,
    assignment: str,
    url: str,
    client_id: str,
    token_url: str,
    key_id: str | None,
    audience: str | None,
    members: str | None,
    label: str | None,
    plain_http: bool,
    **given: Any,
) -> int:
    """A line item of an LTI 1.3 platform. Key: $AUTOGRADER_LTI_KEY (PEM) or $AUTOGRADER_LTI_KEY_FILE."""
    from ..lms.upload.connect import connect_lti
    from ..lms.upload.lti_token import Registration

    registration = Registration(client_id, token_url, key_id, audience)
    target = connect_lti(
        url, assignment, registration, label=label or assignment, members=members, plain_http=plain_http
    )
    return run(state, target, **given)


def run(
    state: State,
    target: Target,
    *,
    gradebook: Path,
    column: str,
    run_id: int | None,
    students: tuple[str, ...],
    absent: str,
    not_understood: str,
    comments: str | None,
    dry_run: bool,
    yes: bool,
    scale: bool = False,
) -> int:
    """Show the plan, ask, carry it out, and say how it ended; the exit code."""
    from ..lms.upload import prepare
    from ..lms.upload import upload as carry_out
    from ..lms.upload.journal import FILE, Journal
    from ..lms.upload.show import plan_lines, report_lines

    path = gradebook / "gradebook.sqlite" if gradebook.is_dir() else gradebook
    rows = _rows(path, run_id, column, absent == "zero", not_understood == "zero", students)
    language: Lang | None = None if comments == "none" else "ja" if (comments or state.lang) == "ja" else "en"
    write = not dry_run and (yes or _can_ask(state))
    with Journal.open(path.parent / FILE, write=write) as journal:
        plan = prepare(rows, column, target, journal, scale=scale, language=language, wait=write, only=students)
        if not state.json:
            _say(plan_lines(plan, state.lang))
        report = None
        if plan.changes and not dry_run:
            if not write:
                raise UsageError(_NOT_SENT)
            if not yes:
                click.confirm(_ASK.format(n=len(plan.changes)).get(state.lang), abort=True)
            with _progress(state) as progress:
                report = carry_out(plan, target, journal, progress)
            if not state.json:
                _say(report_lines(report, state.lang))
    if state.json:
        _print_json(plan, report)
    elif dry_run:
        click.echo(_DRY.get(state.lang))
    return 1 if plan.refused or (report is not None and not report.complete) else 0


def _rows(
    path: Path,
    run_id: int | None,
    column: str,
    absent_is_zero: bool,
    not_understood_is_zero: bool,
    students: tuple[str, ...],
) -> list[GradeRow]:
    from ..gradebook import Gradebook
    from ..lms.rows import grade_rows
    from ..lms.upload.column import narrowed

    with Gradebook.open(path, create=False) as book:
        rows = grade_rows(book, run_id, absent_is_zero=absent_is_zero, not_understood_is_zero=not_understood_is_zero)
        run = book.run(run_id) if run_id is not None else book.last_run()
    known = {row.student for row in rows}
    if unknown := [s for s in students if s not in known]:
        raise UsageError(_NO_STUDENT.format(students=", ".join(unknown)))
    return narrowed(rows, run.course, column) if run else rows


def _can_ask(state: State) -> bool:
    return sys.stdin.isatty() and not state.json


@contextmanager
def _progress(state: State) -> Iterator[Callable[[int, int], None]]:
    """A line for every tenth, where somebody may wait for it."""
    label = Text("Sent", "送信済み").get(state.lang)
    said = -1

    def line(done: int, total: int) -> None:
        nonlocal said
        tenth = done * 10 // total if total else 0
        if tenth > said and done:
            said = tenth
            click.echo(f"{label}: {done}/{total}", err=True)

    yield (lambda done, total: None) if state.json else line


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _print_json(plan: Plan, report: Report | None) -> None:
    from ..lms.upload.show import as_json

    click.echo(json.dumps(as_json(plan, report), ensure_ascii=False, indent=1))


_NOT_SENT = Text(
    "Nothing was sent. To send it, add --yes (or answer the question on a terminal); --dry-run only looks.",
    "何も送信していません。送信するには --yes を付けるか、端末で確認に答えてください。見るだけなら --dry-run です。",
)
_ASK = Text("Send these {n} changes?", "この {n} 名分の変更を送信しますか")
_DRY = Text("Dry run: nothing was sent.", "確認だけを行いました。何も送信していません。")
_NO_STUDENT = Text("The gradebook has no student {students}", "成績簿に次の学生はいません: {students}")
