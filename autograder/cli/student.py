"""The student's verbs besides ``check``: where am I, what next, help, start over, hand in."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from ..errors import ConfigError, UsageError, reason
from ..i18n import Text
from ..student.course import Course, Exercise, Quiz, find_course
from ..student.progress import Progress
from ..student.progress import State as Standing
from ..student.source import is_begun, problem
from . import State, common

_STANDING: dict[Standing, tuple[str, Text]] = {
    "not_begun": ("[ ]", Text("not begun", "未着手")),
    "begun": ("[-]", Text("begun", "着手")),
    "passed": ("[x]", Text("passed", "合格")),
    "edited": ("[~]", Text("edited since it passed", "合格後に変更あり")),
}
_COLOURS: dict[Standing, dict[str, Any]] = {
    "not_begun": {},
    "begun": {"fg": "yellow"},
    "passed": {"fg": "green", "bold": True},
    "edited": {"fg": "yellow"},
}
_MARKED = {mark: _COLOURS[standing] for standing, (mark, _) in _STANDING.items()}


def _one(course: Course, progress: Progress, name: str | None) -> Exercise:
    """The exercise that is meant; without a name, the one to work on."""
    if name is not None:
        found = course.find(name, Path.cwd())
        return next((e for e in found if not progress.is_passed(e)), found[0])
    exercise = progress.current()
    if exercise is None:
        raise UsageError(
            Text(
                "Every exercise is passed. Name one: 'autograder list' shows them.",
                "全演習に合格しています。演習を指定してください（一覧は autograder list）。",
            )
        )
    return exercise


@common
@click.command("start")
@click.argument("exercise_id", required=False, metavar="[ID]")
@click.pass_obj
def start(state: State, exercise_id: str | None) -> int:
    """Show the next exercise: what to do, in which file, and how to check it."""
    from ..student.show import width
    from ..text.align import aligned
    from ..text.colour import paint
    from ..text.markdown import render

    cwd = Path.cwd()
    course = find_course(cwd)
    progress = Progress(course)
    if exercise_id is None and progress.current() is None:
        done = Text(
            "Every exercise is passed. Next: 'autograder submit'", "全演習に合格しました。次は: autograder submit"
        )
        click.echo(done.get(state.lang))
        return 0
    exercise = _one(course, progress, exercise_id)
    file = course.relative(exercise.file, cwd)
    if state.json:
        found = {"id": exercise.id, "title": exercise.title.as_dict(), "file": file, "state": progress.state(exercise)}
        click.echo(json.dumps(found, ensure_ascii=False))
        return 0
    statement = exercise.statement(state.lang)
    try:
        text = statement.read_text(encoding="utf-8")
    except OSError:
        raise ConfigError(Text(f"{statement} is missing.", f"{statement} がありません。")) from None
    heading, *lines = render(text, width())
    click.echo("\n".join([paint(heading, bold=True), *lines]))
    labels = Text("File|Functions|Check|Hint", "ファイル|関数|確認|ヒント").get(state.lang).split("|")
    rows = [file, ", ".join(exercise.functions), f"autograder check {exercise.id}", f"autograder hint {exercise.id}"]
    click.echo("\n" + "-" * width())
    click.echo("\n".join(aligned([[f"{label}:", row] for label, row in zip(labels, rows, strict=True)])))
    return 0


@common
@click.command("list")
@click.pass_obj
def list_(state: State) -> int:
    """List units, exercises and quizzes with your progress."""
    from ..student.show import bar
    from ..text.align import aligned
    from ..text.colour import paint

    course = find_course(Path.cwd())
    progress = Progress(course)
    standing = {e.id: progress.state(e) for e in course.exercises}
    if state.json:
        click.echo(json.dumps(_listed(course, standing), ensure_ascii=False, indent=1))
        return 0
    click.echo(paint(course.title.get(state.lang), bold=True))
    for unit in course.units:
        click.echo("\n" + paint(f"{unit.title.get(state.lang)} ({unit.id})", bold=True))
        rows = []
        for e in unit.exercises:
            mark, words = _STANDING[standing[e.id]]
            said = words.get(state.lang) if standing[e.id] != "not_begun" else ""
            points = _points(e.points).get(state.lang)
            rows.append([f"  {mark}", e.id, e.title.get(state.lang), points, said, _due(e.due).get(state.lang)])
        for q in unit.quizzes:
            practice = Text("practice quiz", "練習クイズ")
            points = (_points(q.points) if q.points else practice).get(state.lang)
            said = _answered(course.root, q).get(state.lang)
            mark = "[-]" if said else "   "
            rows.append([f"  {mark}", q.id, q.title.get(state.lang), points, said, _due(q.due).get(state.lang)])
        for line in aligned(rows):  # coloured last: columns are counted in characters that show
            click.echo(line[:2] + paint(line[2:5], **_MARKED.get(line[2:5], {})) + line[5:])
    passed, total = sum(s == "passed" for s in standing.values()), len(standing)
    said = Text(f"{passed} of {total} passed", f"{total} 題中 {passed} 題に合格").get(state.lang)
    click.echo(f"\n{bar(passed, total)} {said}")
    return 0


def _due(due: str | None) -> Text:
    when = (due or "")[:16].replace("T", " ")
    return Text(f"due {when}", f"締切 {when}") if when else Text("", "")


def _points(points: float) -> Text:
    return Text(f"{points:g} point" if points == 1 else f"{points:g} points", f"{points:g} 点")


def _listed(course: Course, standing: dict[str, Standing]) -> dict[str, object]:
    return {
        "schema": 1,
        "title": course.title.as_dict(),
        "passed": sum(s == "passed" for s in standing.values()),
        "exercises": [
            {
                "id": e.id,
                "unit": e.unit,
                "title": e.title.as_dict(),
                "state": standing[e.id],
                "points": e.points,
                "due": e.due,
            }
            for e in course.exercises
        ],
        "quizzes": [q.as_dict() for q in course.quizzes],
    }


@common
@click.command("hint")
@click.argument("exercise_id", required=False, metavar="[ID]")
@click.option("--all", "everything", is_flag=True, help="Show every hint.")
@click.pass_obj
def hint(state: State, exercise_id: str | None, everything: bool) -> int:
    """Show one more hint each time."""
    course = find_course(Path.cwd())
    progress = Progress(course)
    exercise = _one(course, progress, exercise_id)
    hints = _hints(exercise)
    shown = len(hints) if everything else min(progress.hints(exercise) + 1, len(hints))
    progress.note_hints(exercise, max(shown, progress.hints(exercise)))
    if state.json:
        found = {"id": exercise.id, "total": len(hints), "hints": [h.as_dict() for h in hints[:shown]]}
        click.echo(json.dumps(found, ensure_ascii=False))
        return 0
    if not hints:
        none = Text(
            "There are no hints. Read the statement once more:", "ヒントはありません。問題文を読み直しましょう:"
        )
        click.echo(f"{exercise.id}: {none.get(state.lang)} autograder start {exercise.id}")
        return 0
    from ..student.show import indented
    from ..text.colour import paint

    click.echo(paint(f"{exercise.id}  {exercise.title.get(state.lang)}", bold=True))
    for number, text in enumerate(hints[:shown], 1):
        if everything or number == shown:
            click.echo(paint(f"  {number}/{len(hints)}", fg="cyan"))
            click.echo("\n".join(indented(text.get(state.lang).splitlines())))
    if shown < len(hints):
        more = Text("One more", "次のヒント").get(state.lang)
        click.echo(f"{more}: autograder hint {exercise.id}")
    return 0


def _hints(exercise: Exercise) -> list[Text]:
    path = exercise.folder / "hints.json"
    try:
        return [Text.of(h) for h in json.loads(path.read_text(encoding="utf-8"))]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError):
        raise ConfigError(Text(f"{path} cannot be read.", f"{path} を読めません。")) from None


@common
@click.command("reset")
@click.argument("exercise_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def reset(state: State, exercise_id: str, yes: bool) -> int:
    """Start an exercise over; your file is kept beside it."""
    cwd = Path.cwd()
    course = find_course(cwd)
    found = course.find(exercise_id, cwd)
    if len(found) != 1:
        raise UsageError(Text("Reset one exercise at a time.", "一度に戻せる演習は 1 つです。"))
    exercise = found[0]
    file = course.relative(exercise.file, cwd)
    try:
        stub = exercise.stub.read_bytes()
    except OSError:
        raise ConfigError(Text(f"{exercise.stub} is missing.", f"{exercise.stub} がありません。")) from None
    if exercise.file.is_file() and not is_begun(exercise):
        click.echo(Text(f"{file} is still the stub.", f"{file} は雛形のままです。").get(state.lang))
        return 0
    question = Text(f"Put the stub back into {file}?", f"{file} を雛形に戻しますか").get(state.lang)
    if not yes and not click.confirm(question):
        return 1
    if exercise.file.exists():
        backup = _backup_name(exercise.file)
        exercise.file.rename(backup)
        kept = course.relative(backup, cwd)
        click.echo(Text(f"Your version is kept as {kept}.", f"これまでの内容は {kept} に残しました。").get(state.lang))
    exercise.file.write_bytes(stub)
    Progress(course).forget(exercise)
    click.echo(Text(f"{file} is the stub again.", f"{file} を雛形に戻しました。").get(state.lang))
    return 0


def _backup_name(file: Path) -> Path:
    base = f"{file.name}.bak-{datetime.now():%Y%m%d-%H%M%S}"
    names = (file.with_name(base if n == 0 else f"{base}-{n}") for n in range(1000))
    return next(name for name in names if not name.exists())


@common
@click.command("submit")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The zip to write (submission.zip).")
@click.option("--force", is_flag=True, help="Pack files that Python cannot read, too.")
@click.pass_obj
def submit(state: State, out: Path | None, force: bool) -> int:
    """Pack what you have begun into one zip for handing in."""
    from ..student.notebooks import begun_notebooks
    from ..student.pack import pack, write
    from ..student.show import indented
    from ..text.align import aligned
    from ..text.told import lines

    cwd = Path.cwd()
    course = find_course(cwd)
    progress = Progress(course)
    begun = [e for e in course.exercises if is_begun(e)]
    answered = [q for q in course.quizzes if q.answers.is_file()]
    notebooks = begun_notebooks(course.root / "exercises")
    if not begun and not answered and not notebooks:
        raise UsageError(
            Text(
                "Nothing to hand in: no exercise, notebook or quiz is begun.",
                "提出するものがありません。まだどの演習もノートブックもクイズも始めていません。",
            )
        )
    broken = {e.id: found.message for e in begun if (found := problem(e.file)) is not None}
    if broken and not force:
        parts = [f"{name}\n" + "\n".join(indented(lines(told, state.lang))) for name, told in broken.items()]
        end = Text(
            "Nothing was packed. Mend this first (or use --force to hand it in as it is).",
            "提出用ファイルは作っていません。先に修正してください（このまま提出するには --force）。",
        )
        click.echo("\n".join([*parts, end.get(state.lang)]), err=True)
        return 1
    failing = _failing(course, [e for e in begun if e.id not in broken and not progress.is_passed(e)])
    path = out or course.root / "submission.zip"
    try:
        write(path, pack(begun, answered, notebooks))
    except OSError as error:
        why = reason(error)
        raise UsageError(Text(f"{path}: {why.en}", f"{path}: 書き込めません（{why.ja}）。")) from None
    missing = [e.id for e in course.exercises if e not in begun]
    if state.json:
        packed_ids = [e.id for e in begun]
        told = {"file": str(path), "packed": packed_ids, "failing": failing, "broken": [*broken], "missing": missing}
        told["quizzes"] = [q.id for q in answered]
        told["notebooks"] = [n.name for n in notebooks]
        click.echo(json.dumps(told, ensure_ascii=False))
        return 0
    packed = Text(f"Packed into {course.relative(path, cwd)}:", f"{course.relative(path, cwd)} に入れたもの:")
    click.echo(packed.get(state.lang))
    rows = []
    for e in begun:
        said = Text("", "")
        if e.id in broken:
            said = Text("cannot be run", "実行できません")
        elif e.id in failing:
            said = Text("some visible checks fail", "合格していない公開テストがあります")
        rows.append([f"  {e.id}.py", said.get(state.lang)])
    rows += [[f"  {q.id}.yaml", _answered(course.root, q).get(state.lang)] for q in answered]
    rows += [[f"  {n.name}", ""] for n in notebooks]
    click.echo("\n".join(aligned(rows)))
    if missing and not notebooks:
        left = Text("Not begun, so not packed:", "未着手のため入れていないもの:").get(state.lang)
        click.echo("\n".join([left, *indented([", ".join(missing)])]))
    if failing:
        more = Text(
            "You may hand this in, and hand in again later.", "このまま提出することも、直して出し直すこともできます。"
        )
        click.echo(more.get(state.lang))
    return 0


def _answered(root: Path, quiz: Quiz) -> Text:
    """``27 of 30 answered``, nothing for none"""
    from ..quiz.answer.store import count_kept

    count = count_kept(root, quiz)
    if not count:
        return Text("", "")
    return Text(f"{count} of {quiz.items} answered", f"{quiz.items} 問中 {count} 問に解答")


def _failing(course: Course, exercises: list[Exercise]) -> list[str]:
    """Which of them do not pass their visible checks; those with unknown outcome are checked now."""
    from ..student.runner import run_checks

    if not exercises:
        return []
    return [report.id for report in run_checks(exercises) if report.state != "passed"]


@common
@click.command("watch")
@click.argument("exercise_id", required=False, metavar="[ID]")
@click.option("--interval", default=0.4, show_default=True, help="Seconds between two looks.")
@click.pass_obj
def watch(state: State, exercise_id: str | None, interval: float) -> int:
    """Check again each time you save. Ctrl-C ends it."""
    course = find_course(Path.cwd())
    exercise = _one(course, Progress(course), exercise_id)
    footer = Text("Waiting for you to save {file} (Ctrl-C ends)", "{file} の保存を待っています（Ctrl-C で終了）")
    file = course.relative(exercise.file, Path.cwd())
    seen: tuple[int, int] | None = None
    while True:
        now = _stamp(exercise.file)
        if now != seen:
            seen = now
            click.clear()
            command = [sys.executable, "-m", "autograder", "check", exercise.id, "--lang", state.lang]
            subprocess.run(command, check=False)
            click.echo("\n" + footer.format(file=file).get(state.lang))
        time.sleep(interval)


def _stamp(path: Path) -> tuple[int, int]:
    """What changes when the file is saved."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)
