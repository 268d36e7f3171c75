"""``autograder grade`` and ``regrade``: parse, call `pipeline.grade_class`, print."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError
from ..i18n import Lang, Text
from ..sandbox.levels import NAMES
from ..text.clean import clean
from . import State, common, misuse

if TYPE_CHECKING:  # `--help` works where nothing of grading is installed
    from ..pipeline import Options, Summary

_SHOWN = 20  # lines of a kind in the terminal
_NEEDED = {
    True: Text(
        "Missing argument 'SUBMISSIONS' (or --nbgrader DIR).",
        "SUBMISSIONS（または --nbgrader DIR）を指定してください。",
    ),
    False: Text("Missing option '--out'.", "--out を指定してください。"),
}
_EITHER = Text("Give either SUBMISSIONS or --nbgrader.", "SUBMISSIONS と --nbgrader は同時に指定できません。")
_NOT_INSTALLED = Text(
    "--nbgrader needs nbgrader (no module {module!r}): pip install -e '.[nbgrader]'",
    "--nbgrader には nbgrader が必要です（モジュール {module!r} がありません）: pip install -e '.[nbgrader]'",
)


_FOREIGN = Text(
    "THE ROSTER KNOWS NOBODY who handed in. All grades are kept, under the ids of the submissions. Is it the list of "
    "another class, or are its ids of another kind? Then grade again with the right one, or without --roster.",
    "提出者が 1 人も名簿にありません。採点結果はすべて、提出物の ID のまま保存しました。別のクラスの名簿か、別の種類の "
    "ID が書かれた名簿ではありませんか。正しい名簿を指定するか、--roster を付けずに採点し直してください。",
)


def _options(command: Any, required: bool = True) -> Any:
    for option in reversed(
        [
            click.argument("submissions", required=required, type=click.Path(path_type=Path)),
            click.option("--out", required=required, type=click.Path(path_type=Path), help="Folder for all results."),
            click.option("--course", type=click.Path(path_type=Path), help="course.yaml, or its folder."),
            click.option("--only", help="Exercise ids, separated by commas."),
            click.option("--jobs", type=click.IntRange(1, 1024), help="Submissions at the same time [all cores]."),
            click.option("--seed", type=click.IntRange(0, 2**62), help="Repeat a grading with the same inputs."),
            click.option("--roster", type=click.Path(path_type=Path), help="CSV of who should hand in."),
            click.option("--sandbox", type=click.Choice(["A", "B", "C"]), help="Insist on this level."),
        ]
    ):
        command = option(command)
    return common(command)


@click.command()
@partial(_options, required=False)
@click.option("--resume", is_flag=True, help="Go on with the last run: grade what is new or changed.")
@click.option(
    "--nbgrader",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Grade what was handed in to this nbgrader course, and write the scores into its gradebook too.",
)
@click.pass_obj
def grade(
    state: State,
    /,
    submissions: Path | None,
    out: Path | None,
    only: str | None,
    nbgrader: Path | None,
    **given: Any,
) -> int:
    """Grade SUBMISSIONS (a folder with one folder per student, or an LMS zip)."""
    from ..pipeline import Options

    given |= {"only": _ids(only), "lang": state.lang}
    if nbgrader is None:
        if submissions is None or out is None:
            raise misuse(_NEEDED[submissions is None])
        return run(state, Options(submissions, out, **given))
    if submissions is not None:
        raise misuse(_EITHER)
    try:
        from ..nbgrader.lean import import_nbgrader

        import_nbgrader()
        from ..nbgrader.batch import OUT, grade_nbgrader
    except ModuleNotFoundError as error:
        raise UsageError(_NOT_INSTALLED.format(module=error.name)) from None
    options = Options(nbgrader / "submitted", out or nbgrader / OUT, **given)
    return run(state, options, partial(grade_nbgrader, nbgrader))


@click.command()
@_options
@click.pass_obj
def regrade(state: State, /, only: str | None, **given: Any) -> int:
    """Like grade, but keep the grade of code that the same suite has graded before."""
    from ..pipeline import Options

    return run(state, Options(only=_ids(only), lang=state.lang, reuse=True, **given))


def _ids(only: str | None) -> tuple[str, ...]:
    return tuple(i.strip() for i in only.split(",") if i.strip()) if only else ()


def run(
    state: State, options: Options, grading: Callable[[Options, Callable[[Summary], None]], Summary] | None = None
) -> int:
    """Grade and print the summary; the exit code."""
    from ..pipeline import grade_class

    start = time.monotonic()
    with _progress(state.lang, quiet=state.json) as progress:
        summary = (grading or grade_class)(options, progress)
    if state.json:
        click.echo(json.dumps(_as_json(summary, options), ensure_ascii=False, indent=1))
    else:
        for line in _lines(summary, options, time.monotonic() - start):
            click.echo(clean(line.get(state.lang)))
    return 4 if summary.grader_errors else 3 if summary.foreign_roster else 0


@contextmanager
def _progress(lang: Lang, quiet: bool) -> Iterator[Callable[[Summary], None]]:
    """A bar with the time left on a terminal, a line every tenth elsewhere."""
    label = Text("Grading", "採点中").get(lang)
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True)) as bar:
            task = bar.add_task(label, total=None)
            yield lambda s: bar.update(task, total=s.total, completed=s.skipped + s.graded)
    else:

        def line(summary: Summary) -> None:
            done = summary.skipped + summary.graded
            if done * 10 // summary.total > (done - 1) * 10 // summary.total:
                click.echo(f"{label}: {done}/{summary.total}", err=True)

        yield line


def _lines(summary: Summary, options: Options, seconds: float) -> list[Text]:
    rate = summary.graded / seconds if seconds else 0.0
    level = summary.protections.level
    out = [
        Text(
            f"Graded {summary.graded} submissions in {seconds:.1f} s ({rate:.1f}/s), seed {summary.run.seed}.",
            f"{summary.graded} 件の提出を {seconds:.1f} 秒で採点しました"
            f"（{rate:.1f} 件/秒、シード {summary.run.seed}）。",
        )
    ]
    if summary.anew:
        out.insert(0, summary.anew)
    if summary.skipped:
        out.append(
            Text(
                f"{summary.skipped} had been graded before and were kept.",
                f"{summary.skipped} 件は採点済みのため、そのまま残しました。",
            )
        )
    if summary.missing:
        out.append(
            Text(
                f"{summary.missing} on the roster handed in nothing.",
                f"名簿のうち {summary.missing} 名は未提出です。",
            )
        )
    if summary.late:
        were = "submission was" if summary.late == 1 else "submissions were"
        out.append(Text(f"{summary.late} {were} late.", f"{summary.late} 件は期限後の提出です。"))
    out.append(sandbox_line(summary.protections.as_dict(), level))
    if summary.foreign_roster:
        out.append(_FOREIGN)
    for name in summary.grader_errors[:_SHOWN]:
        out.append(
            Text(
                f"GRADER ERROR, no score given: {name} (see the report)",
                f"採点プログラムの障害のため得点なし: {name}（レポート参照）",
            )
        )
    out += _more(len(summary.grader_errors))
    out += [
        Text(f"NOT UNDERSTOOD, no score given: {text.en}", f"内容を判別できないため得点なし: {text.ja}")
        for text in summary.not_understood[:_SHOWN]
    ]
    out += _more(len(summary.not_understood))
    for note in summary.notes[:_SHOWN]:
        out.append(Text(f"Note: {note.text.en}", f"注記: {note.text.ja}"))
    out += _more(len(summary.notes))
    out.append(
        Text(
            f"Class page: {options.out / 'report' / 'index.html'}\n"
            f"Scores:     {options.out / 'grades.csv'}, {options.out / 'results.json'}\n"
            f"Feedback:   {options.out / 'feedback'}",
            f"クラスのページ: {options.out / 'report' / 'index.html'}\n"
            f"得点:           {options.out / 'grades.csv'}、{options.out / 'results.json'}\n"
            f"フィードバック: {options.out / 'feedback'}",
        )
    )
    return out


def _more(count: int) -> list[Text]:
    left = count - _SHOWN
    if left <= 0:
        return []
    return [
        Text(f"... and {left} more; the class page names all.", f"ほか {left} 件（すべてクラスのページにあります）。")
    ]


def sandbox_line(protections: dict[str, bool], level: str) -> Text:
    """Which level of the sandbox was in force, and loudly what was not."""
    off = [name for name, on in protections.items() if not on]
    if level == "A" and not off:
        return Text("Sandbox: level A, all protections on.", "サンドボックス: レベル A（すべての保護が有効）。")
    en, ja = ", ".join(NAMES[n].en for n in off), "、".join(NAMES[n].ja for n in off)
    return Text(
        f"SANDBOX: LEVEL {level}. NOT IN FORCE: {en}. 'autograder doctor' says how to mend it.",
        f"サンドボックス: レベル {level}。無効な保護: {ja}。対処方法は autograder doctor で確認できます。",
    )


def _as_json(summary: Summary, options: Options) -> dict[str, Any]:
    return {
        "out": str(options.out),
        "seed": summary.run.seed,
        "graded": summary.graded,
        "kept": summary.skipped,
        "anew": summary.anew.as_dict() if summary.anew else None,
        "missing": summary.missing,
        "late": summary.late,
        "grader_errors": summary.grader_errors,
        "not_understood": [t.as_dict() for t in summary.not_understood],
        "sandbox": {"level": summary.protections.level, **summary.protections.as_dict()},
        "known": summary.known,
        "notes": [n.text.as_dict() for n in summary.notes],
    }
