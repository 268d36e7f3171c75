"""``autograder export moodle-quiz``, ``canvas-qti``, ``quiz-print``: a quiz as files for elsewhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..course.load import QUIZZES, load_course
from ..errors import ConfigError, GraderError, UsageError
from ..files import write_atomic
from ..i18n import Text
from ..student.course import unknown
from . import State, common

if TYPE_CHECKING:
    from ..quiz.export import ExportQuiz

Files = tuple[dict[str, bytes], list[Text]]
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_PDF_SECONDS = 120


def _options(command: Any) -> Any:
    """What the three formats share."""
    path = click.Path(path_type=Path)
    for decorate in (
        click.option("--yes", is_flag=True, help="Replace existing files."),
        click.option("--course", type=path, help="course.yaml, or its folder."),
        click.option("--out", type=path, default=Path("."), show_default=True, help="Folder for the files."),
        click.argument("quiz_id", metavar="QUIZ"),
    ):
        command = decorate(command)
    return common(command)


_variants = click.option(
    "--replicas", type=click.IntRange(1, 100), help="Most variants of an item [as many as the quiz says]."
)


@click.command("moodle-quiz")
@_options
@_variants
@click.option("--multilang", is_flag=True, help="Both languages, for Moodle's filter multilang2.")
@click.option("--ordering/--no-ordering", default=True, show_default=True, help="Moodle 4.4 has ordering questions.")
@click.pass_obj
def moodle_quiz(state: State, /, replicas: int | None, multilang: bool, ordering: bool, **given: Any) -> int:
    """Write a quiz as Moodle XML, for the question bank.

    Each item is a category with its variants. The file holds the answers: give it to no student.
    """
    from ..quiz.export.moodle import render

    return _export(state, lambda quiz: render(quiz, state.lang, multilang, ordering), replicas, **given)


@click.command("canvas-qti")
@_options
@_variants
@click.pass_obj
def canvas_qti(state: State, /, replicas: int | None, **given: Any) -> int:
    """Write a quiz as a QTI 1.2 zip, for Canvas.

    One variant of each item is drawn for each student. The file holds the answers.
    """
    from ..quiz.export.qti import render

    return _export(state, lambda quiz: render(quiz, state.lang), replicas, **given)


@click.command("quiz-print")
@_options
@click.option("--booklets", type=click.IntRange(1, 100), default=1, show_default=True, help="Different booklets.")
@click.option("--pdf", is_flag=True, help="PDF beside the HTML; needs Chromium or Chrome.")
@click.pass_obj
def quiz_print(state: State, /, booklets: int, pdf: bool, **given: Any) -> int:
    """Write a quiz for paper: booklets without answers, and a key."""
    from ..quiz.export.printed import render

    browser = next((b for b in map(shutil.which, _BROWSERS) if b), None) if pdf else None
    if pdf and browser is None:
        raise UsageError(
            Text(
                "--pdf needs Chromium or Chrome, and neither is here. Without --pdf you get HTML to print.",
                "--pdf には Chromium または Chrome が必要ですが、見つかりません。"
                "--pdf を付けなければ、印刷用の HTML を作ります。",
            )
        )

    def make(quiz: ExportQuiz) -> Files:
        most = max(map(len, quiz.items))
        if booklets > most:
            raise UsageError(
                Text(
                    f"--booklets: the quiz has {most} variants at most, so there are {most} different booklets.",
                    f"--booklets: このクイズの問題は最大 {most} 種類なので、冊子は {most} 種類までです。",
                )
            )
        files, notes = render(quiz, state.lang, booklets)
        if browser is not None:
            files |= {Path(name).stem + ".pdf": _pdf(browser, page) for name, page in files.items()}
        return files, notes

    return _export(state, make, booklets, **given)


def _export(
    state: State,
    render: Callable[[ExportQuiz], Files],
    replicas: int | None,
    quiz_id: str,
    out: Path,
    course: Path | None,
    yes: bool,
) -> int:
    from ..quiz.export import load_export

    folder = load_course(course).solutions_dir / QUIZZES
    known = sorted(p.stem for p in folder.glob("*.yaml"))
    if quiz_id not in known:
        raise ConfigError(unknown(quiz_id, known, Text("quiz", "クイズ")))
    files, notes = render(load_export(folder / f"{quiz_id}.yaml", replicas))
    targets = {out / name: data for name, data in files.items()}
    there = next((path for path in targets if path.exists()), None)
    if there and not yes:
        raise UsageError(
            Text(
                f"{there} exists. Nothing was written; give --yes to replace it, or another --out.",
                f"{there} が既にあります。何も書き込んでいません。置き換える場合は --yes を、"
                "そうでなければ別の --out を指定してください。",
            )
        )
    for path, data in targets.items():
        write_atomic(path, data)
    if state.json:
        said = {"quiz": quiz_id, "written": [str(p) for p in targets], "notes": [n.as_dict() for n in notes]}
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return 0
    for note in notes:
        click.echo(f"- {note.get(state.lang)}")
    for path in targets:
        click.echo(Text(f"Written: {path}", f"作成しました: {path}").get(state.lang))
    return 0


def _pdf(browser: str, page: bytes) -> bytes:
    """A page as a browser prints it.

    Raises
    ------
    GraderError
        The browser fails, or takes too long.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.html").write_bytes(page)
        command = [
            *(browser, "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
            *(f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer"),
            *(f"--print-to-pdf={folder / 'page.pdf'}", (folder / "page.html").as_uri()),
        ]
        # Root has no sandbox in Chromium; the page is our own and runs no script.
        if _is_root():
            command.insert(1, "--no-sandbox")
        try:
            subprocess.run(command, capture_output=True, timeout=_PDF_SECONDS, check=False)
            return (folder / "page.pdf").read_bytes()
        except (OSError, subprocess.TimeoutExpired):
            raise GraderError(
                Text(
                    f"{browser} could not make the PDF; print the HTML from a browser instead (without --pdf).",
                    f"{browser} で PDF を作成できませんでした。--pdf を付けずに作った HTML を"
                    "ブラウザーから印刷してください。",
                )
            ) from None


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
