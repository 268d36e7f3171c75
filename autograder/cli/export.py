"""``autograder export FORMAT``: show what changes, then write the files."""

from __future__ import annotations

import difflib
import importlib
import json
import sys
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from ..errors import ConfigError, UsageError, reason
from ..files import write_atomic
from ..i18n import Text
from ..lms.diff import show
from ..lms.export import Format, Platform, Rendered, Request, Template
from ..lms.formats import FORMATS
from ..lms.numbers import read_number
from ..lms.rows import TOTAL, GradeRow, grade_rows
from . import State, common, misuse, spoken

GRADEBOOK = "gradebook.sqlite"


class _Formats(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(FORMATS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        entry = FORMATS.get(name)
        if entry is None:
            return None
        module, attribute = entry.target.split(":")
        found = getattr(importlib.import_module(f"..{module}", __package__), attribute)
        if isinstance(found, Format):
            return _command(name, found, entry.help)
        assert isinstance(found, click.Command)
        return found

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in FORMATS:
            near = difflib.get_close_matches(args[0], FORMATS, 1, 0.5)
            hint = _near(near, FORMATS)
            raise misuse(
                Text(f"No such format {args[0]!r}. {hint.en}", f"{args[0]!r} という形式はありません。{hint.ja}")
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(Text("Formats", "形式").get(spoken())):
            formatter.write_dl([(name, entry.help.get(spoken())) for name, entry in FORMATS.items()])


@click.group(cls=_Formats)
@common
def export() -> None:
    """Write the scores of a graded class as a file for an LMS.

    What changes is shown first. 'autograder export FORMAT --help' lists the options of a format.
    """


def _command(name: str, form: Format, help_text: Text) -> click.Command:
    """The subcommand of a format: the options that all share, and its own."""

    def run(**given: Any) -> int:
        return _export(click.get_current_context().obj, name, form, given)

    path = click.Path(path_type=Path)
    options = [click.Option(["--gradebook"], type=path, required=True, help="What grade --out was given.")]
    if form.template:
        options.append(click.Option(["--template"], type=path, required=True, help=form.template.get(spoken())))
    options += [
        click.Option(["--out"], type=path, help="The file to write."),
        click.Option(["--column"], multiple=True, metavar="ID[=NAME]",
                     help="Exercise id or total, and its name in the LMS."),
        click.Option(["--course"], type=path, help="course.yaml with the names (lms:), or its folder."),
        click.Option(["--run", "run_id"], type=click.IntRange(1), help="Number of the grading run [the last]."),
        click.Option(["--all-runs"], is_flag=True, help="The newest grade of each exercise over all runs."),
        click.Option(["--absent"], type=click.Choice(["none", "zero"]), default="none", show_default=True,
                     help="Who handed in nothing gets no score, or 0."),
        click.Option(["--not-understood"], type=click.Choice(["none", "zero"]), default="none", show_default=True,
                     help="Work that the grader could not make sense of gets no score, or 0."),
        click.Option(["--scale"], is_flag=True, help="Convert points to the maximum of the LMS."),
    ]  # fmt: skip
    if form.feedback is not None:
        write = click.Option(
            ["--feedback/--no-feedback"], default=form.feedback, show_default=True, help="Write feedback, too."
        )
        options.append(write)
    if form.maximum:
        options.append(click.Option(["--maximum"], help="Most points of the column in the LMS."))
    if form.template:
        options += [
            click.Option(["--allow-unmatched"], is_flag=True, help="Leave out who is on one side only."),
            click.Option(["--ignore-names"], is_flag=True, help="Go by the ids alone where names differ."),
        ]
    for own in form.options:
        choices = click.Choice(own.choices) if own.choices else None
        options.append(click.Option([f"--{own.name}"], type=choices, default=own.default, help=own.help))
    options += [
        click.Option(["--dry-run"], is_flag=True, help="Show what changes and write nothing."),
        click.Option(["--yes"], is_flag=True, help="Do not ask; replace an existing file."),
    ]
    command: click.Command = common(
        click.Command(name, callback=run, params=list(options), help=help_text.get(spoken()))
    )
    return command


def _export(state: State, name: str, form: Format, given: dict[str, Any]) -> int:
    rows, request = _gather(state, form, given)
    rendered = form.render(rows, request)
    if not state.json:
        for line in show(rendered, state.lang):
            click.echo(line)
    targets = _targets(rendered, given["out"], given.get("template"))
    written = list(targets) if not given["dry_run"] and _agreed(state, list(targets), given["yes"]) else []
    for path in written:
        write_atomic(path, targets[path])
    if state.json:
        click.echo(json.dumps(_as_json(name, rendered, written), ensure_ascii=False, indent=1))
    elif not written:
        click.echo(Text("Nothing was written.", "何も書き込んでいません。").get(state.lang))
    else:
        for path in written:
            click.echo(Text(f"Written: {path}", f"作成しました: {path}").get(state.lang))
    return 0


def _gather(state: State, form: Format, given: dict[str, Any]) -> tuple[list[GradeRow], Request]:
    """Read everything that a format may look at."""
    from ..gradebook import Gradebook

    if given["run_id"] is not None and given["all_runs"]:
        raise misuse(Text("--run and --all-runs exclude each other.", "--run と --all-runs は同時に指定できません。"))
    folder = given["gradebook"]
    with Gradebook.open(folder / GRADEBOOK if folder.is_dir() else folder, create=False) as book:
        last = book.last_run()
        run = None if given["all_runs"] else given["run_id"] or (last.id if last else None)
        rows = grade_rows(
            book,
            run,
            absent_is_zero=given["absent"] == "zero",
            not_understood_is_zero=given["not_understood"] == "zero",
        )
        info = book.run(run) if run is not None else last
    assert info is not None
    if info.finished_at is None and not given["all_runs"]:
        said = Text(
            f"Note: grading run {info.id} did not finish, so students may be missing; see 'grade --resume'.",
            f"注記: 採点 {info.id} は途中で終わっているため、含まれない学生がいるかもしれません。"
            "grade --resume で続きを採点できます。",
        )
        click.echo(said.get(state.lang), err=True)
    columns = list(rows[0].scores) if rows else [TOTAL]
    names = _names(form.platform, given["course"])
    chosen = _columns(given["column"], columns, names)
    if not chosen:
        chosen = [c for c in columns if c in names] if form.many and names else []
        chosen = chosen or (columns if form.many and form.platform is None else [TOTAL])
    if len(chosen) > 1 and not form.many:
        raise misuse(Text("This format takes one --column.", "この形式で指定できる --column は 1 つです。"))
    own = {option.name.replace("-", "_"): given[option.name.replace("-", "_")] or "" for option in form.options}
    return rows, Request(
        columns=tuple(chosen),
        names=names,
        template=_template(given["template"]) if form.template else None,
        course=info.course,
        feedback=state.lang if given.get("feedback") else None,
        lang=state.lang,
        scale=given["scale"],
        maximum=_maximum(given.get("maximum")),
        allow_unmatched=given.get("allow_unmatched", False),
        ignore_names=given.get("ignore_names", False),
        options=own,
    )


def _names(platform: Platform | None, course: Path | None) -> dict[str, str]:
    """What the LMS calls each column, by course.yaml."""
    from ..course.load import find_course, load_course

    if platform is None:
        return {}
    if course is None:
        try:
            course = find_course()
        except ConfigError:
            return {}
    lms = load_course(course).config.lms
    return dict(getattr(lms, platform))


def _near(near: Sequence[str], known: Iterable[str]) -> Text:
    if near:
        return Text(f"Did you mean {near[0]!r}?", f"{near[0]!r} のことでしょうか。")
    return Text(f"There are: {', '.join(known)}.", f"指定できるもの: {', '.join(known)}")


def _columns(given: Sequence[str], known: Sequence[str], names: dict[str, str]) -> list[str]:
    chosen = []
    for text in given:
        column, _, name = text.partition("=")
        if column not in known:
            near = difflib.get_close_matches(column, known, 1, 0.5)
            hint = _near(near, known)
            raise misuse(
                Text(
                    f"--column: nothing is graded as {column!r}. {hint.en}",
                    f"--column: {column!r} という評定項目はありません。{hint.ja}",
                )
            )
        if name:
            names[column] = name
        chosen.append(column)
    return list(dict.fromkeys(chosen))


def _maximum(text: str | None) -> Fraction | None:
    if text is None:
        return None
    number = read_number(text)
    if not number:
        raise misuse(
            Text(
                f"--maximum: {text!r} is not a number of points above 0.",
                f"--maximum: {text!r} は正の点数ではありません。",
            )
        )
    return number


def _template(path: Path) -> Template:
    try:
        if path.is_dir():
            return Template(path.name, folders=tuple(sorted(p.name for p in path.iterdir() if p.is_dir())))
        return Template(path.name, path.read_bytes())
    except OSError as error:
        why = reason(error)
        raise UsageError(Text(f"{path}: {why.en}", f"{path}: 読み込めません（{why.ja}）")) from None


def _agreed(state: State, targets: Sequence[Path], yes: bool) -> bool:
    """Whether to write: a person is asked, and nobody's file is replaced without being told to."""
    there = [path for path in targets if path.exists()]
    if yes:
        return True
    if sys.stdin.isatty() and sys.stdout.isatty() and not state.json:
        names = ", ".join(map(str, targets))
        replaces = Text(" (replaces the existing file)", "（既存のファイルを置き換えます）") if there else Text("", "")
        ask = Text(f"Write {names}{replaces.en}?", f"{names} に書き込みますか{replaces.ja}")
        return click.confirm(ask.get(state.lang))
    if there:
        raise UsageError(
            Text(
                f"{there[0]} exists. Nothing was written; give --yes to replace it, or another --out.",
                f"{there[0]} が既にあります。何も書き込んでいません。置き換える場合は --yes を、"
                "そうでなければ別の --out を指定してください。",
            )
        )
    return True


def _targets(rendered: Rendered, out: Path | None, template: Path | None) -> dict[Path, bytes]:
    """Where each file goes; never to where the download lies, which is kept: the filled copy has another name.

    Raises
    ------
    UsageError
        ``--out`` names the download itself.
    """
    if out is not None and not out.is_dir() and len(rendered.files) == 1:
        if template is not None and _same(out, template):
            raise UsageError(
                Text(
                    f"--out: {out} is the file that was downloaded. It is kept; give another name.",
                    f"--out: {out} はダウンロードしたファイルそのものです。元のファイルは残すため、"
                    "別の名前を指定してください。",
                )
            )
        return {out: next(iter(rendered.files.values()))}
    found = {}
    for name, data in rendered.files.items():
        path = (out or Path()) / name
        is_copy = template is not None and (_same(path, template) or (out is None and name == template.name))
        found[path.with_stem(path.stem + "-filled") if is_copy else path] = data
    return found


def _same(a: Path, b: Path) -> bool:
    return a.resolve() == b.resolve() or (a.exists() and b.exists() and a.samefile(b))


def _as_json(name: str, rendered: Rendered, written: Sequence[Path]) -> dict[str, Any]:
    return {
        "format": name,
        "changes": [
            {
                "student": c.student,
                "name": c.name,
                "column": c.column,
                "kind": c.kind,
                "was": c.was,
                "becomes": c.becomes,
            }
            for c in rendered.changes
        ],
        "unchanged": rendered.unchanged,
        "notes": [note.as_dict() for note in rendered.notes],
        "written": [str(path) for path in written],
    }
