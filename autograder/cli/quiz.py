"""``autograder quiz``: answer a quiz in the terminal; ``autograder quiz lint`` for authors."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from ..errors import ConfigError, UsageError
from ..i18n import Lang, Text
from ..student.course import Course, Quiz, find_course, unknown
from . import State, common


class _Quiz(click.Group):
    """``quiz lint`` and ``quiz answer`` are commands; any other word after ``quiz`` is a quiz's id."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        start = 0  # of what follows the options that every verb has
        while start < len(args) and args[start].startswith(("--lang", "--json")):
            start += 2 if args[start] == "--lang" else 1
        common, rest = args[:start], args[start:]
        if rest[:1] in (["-h"], ["--help"]):
            return super().parse_args(ctx, rest)
        word, rest = (rest[0], rest[1:]) if rest[:1] in (["lint"], ["answer"]) else ("answer", rest)
        return super().parse_args(ctx, [word, *common, *rest])


@click.group(cls=_Quiz)
def quiz() -> None:
    """Answer a quiz: `autograder quiz ID`. Authors: `autograder quiz lint`."""


@common
@quiz.command("answer")
@click.argument("quiz_id", required=False, metavar="[ID]")
@click.option("--student", help="Your student id: it decides the numbers in your questions.")
@click.option("--item", help="Ask this item only.")
@click.option("--show", is_flag=True, help="Show what is answered so far, and ask nothing.")
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Take answers from this file (YAML or JSON) instead of asking.",
)
@click.pass_obj
def answer(
    state: State, quiz_id: str | None, student: str | None, item: str | None, show: bool, answers: Path | None
) -> int:
    """Answer a quiz, one question at a time; without an ID, list the quizzes."""
    from ..quiz.answer import session

    course = find_course(Path.cwd())
    if quiz_id is None:
        return _list(course, state)
    found = _find(course, quiz_id)
    public = session.load(found.file)
    if item is not None and item not in public.by_id:
        raise UsageError(unknown(item, list(public.by_id), Text("item", "問題")))
    who = session.student_id(course.root, student, public.graded, lambda: _ask_student(state.lang))
    own = session.Session(public, found.answers, course.root, who, state.lang, state.json)
    return session.run(own, item, show, answers)


def _list(course: Course, state: State) -> int:
    from ..quiz.answer.store import count_kept
    from ..text.align import aligned

    if state.json:
        click.echo(json.dumps([q.as_dict() for q in course.quizzes], ensure_ascii=False))
        return 0
    if not course.quizzes:
        click.echo(Text("This course has no quizzes.", "この教材にクイズはありません。").get(state.lang))
        return 0
    rows = []
    for q in course.quizzes:
        mode = Text("graded", "成績に入る") if q.graded else Text("practice", "練習")
        count = Text(f"{q.items} questions", f"{q.items} 問")
        due = q.due[:16].replace("T", " ") if q.due else ""
        kept = count_kept(course.root, q)
        said = Text(f"{kept} answered", f"{kept} 問に解答済み").get(state.lang) if kept else ""
        when = Text(f"due {due}", f"締切 {due}").get(state.lang) if due else ""
        rows.append([q.id, q.title.get(state.lang), mode.get(state.lang), count.get(state.lang), said, when])
    click.echo("\n".join(aligned(rows)))
    click.echo(Text("Begin with: autograder quiz ID", "始め方: autograder quiz ID").get(state.lang))
    return 0


def _find(course: Course, name: str) -> Quiz:
    known = {q.id: q for q in course.quizzes}
    word = Path(name).name.split(".")[0] if name not in known else name
    if word in known:
        return known[word]
    raise UsageError(unknown(name, list(known), Text("quiz", "クイズ")))


def _ask_student(lang: Lang) -> str | None:
    """Ask for the id where somebody is there to answer."""
    if not sys.stdin.isatty():
        return None
    prompt = Text("Your student id", "学籍番号（学生 ID）").get(lang)
    typed: str = click.prompt(prompt, default="", show_default=False)
    return typed.strip() or None


@common
@quiz.command("lint")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--course", type=click.Path(exists=True, path_type=Path), help="course.yaml, or its folder.")
@click.pass_obj
def lint(state: State, ids: tuple[str, ...], course: Path | None) -> int:
    """Prove quizzes: every answer, every wrong answer, both languages; exit 1 when something is wrong."""
    from ..course.load import QUIZZES, load_course
    from ..quiz.proof.lint import lint as check
    from ..quiz.proof.lint import load_bank
    from ..quiz.proof.untitled import untitled

    loaded = load_course(course)
    folder = loaded.solutions_dir / QUIZZES
    there = sorted(p.stem for p in folder.glob("*.yaml"))
    for name in ids:
        if name not in there:
            raise ConfigError(unknown(name, there, Text("quiz", "クイズ")))
    quizzes, findings = load_bank(folder)
    # All of them are read, as an id is unique in the whole bank.
    findings += [*check(quizzes, loaded.solutions_dir, ids), *untitled(quizzes, loaded.solutions_dir)]
    findings = [f for f in findings if not ids or f.quiz in ids]
    errors = [f for f in findings if f.level == "error"]
    warnings = len(findings) - len(errors)
    chosen = [q for q in quizzes if not ids or q.id in ids]
    items = sum(len(q.items) for q in chosen)
    if state.json:
        listed = [{"quiz": f.quiz, "level": f.level, "message": f.text.as_dict()} for f in findings]
        click.echo(json.dumps({"quizzes": len(chosen), "items": items, "findings": listed}, ensure_ascii=False))
        return 1 if errors else 0
    for finding in findings:
        click.echo(("! " if finding.level == "error" else "? ") + _shown(finding.text.get(state.lang), loaded.root))
    click.echo(
        Text(
            f"{len(chosen)} quizzes, {items} items: {len(errors)} errors (!), {warnings} warnings (?)",
            f"クイズ {len(chosen)} 個、問題 {items} 問: エラー（!）{len(errors)} 件、警告（?）{warnings} 件",
        ).get(state.lang)
    )
    return 1 if errors else 0


def _shown(text: str, root: Path) -> str:
    return text.replace(f"{root}/", "")
