"""One call of ``autograder quiz ID``: who answers, where the answers are kept, what is said at the end."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from ...errors import ConfigError, UsageError
from ...i18n import Lang, Text
from ...student.show import width
from ...text.align import wrap
from ..draw.variant import normal_student
from ..page.public import PublicQuiz, from_json
from ..shown import one_line, plain_text
from .answers import Given, read_answers
from .ask import problem_of
from .score import score
from .store import PRACTICE, AnswerStore, PracticeStore
from .terminal import (
    Standing,
    Terminal,
    count_answered,
    help_text,
    practised,
    run_graded,
    run_practice,
    shown_plain,
    shown_raw,
)

STUDENT = Path(".autograder") / "student"  # below the course's folder


@dataclass(frozen=True)
class Session:
    """A quiz, whose it is, where the answers are kept, and the folder of the course."""

    quiz: PublicQuiz
    path: Path
    root: Path
    student: str
    lang: Lang
    as_json: bool = False


def load(path: Path) -> PublicQuiz:
    """The student's copy of a quiz.

    Raises
    ------
    ConfigError
    """
    try:
        return from_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(
            Text(
                f"{path} cannot be read ({error}). Unpack the course again over it; your answers stay.",
                f"{path} を読めません（{error}）。配布ファイルから取り直してください。解答は残ります。",
            )
        ) from None


def student_id(root: Path, given: str | None, needed: bool, ask: Callable[[], str | None]) -> str:
    """Who answers: the option, what was said before, or what `ask` returns; remembered from then on.

    Raises
    ------
    UsageError
        It is needed and not known.
    """
    path = root / STUDENT
    student = (given or "").strip()
    if not student:
        with contextlib.suppress(OSError):
            student = path.read_text(encoding="utf-8").strip()
    if not student and needed:
        student = (ask() or "").strip()
    if not student and needed:
        raise UsageError(
            Text(
                "Say who you are, once: --student ID. Your id decides the numbers in your questions.",
                "--student で学籍番号（学生 ID）を一度指定してください。問題の数値は ID によって変わります。",
            )
        )
    if student:
        with contextlib.suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            path.write_text(student + "\n", encoding="utf-8")
    return student or "anonymous"


def run(session: Session, item: str | None, show: bool, answers: Path | None) -> int:
    """Ask, show, or take over a file; prints what came of it."""
    store = AnswerStore(session.path, session.quiz.id)
    practice = PracticeStore(session.root / PRACTICE, session.quiz.id)
    for problem in store.problems:
        _say(session, Text(f"{session.path.name}: {problem.en}", f"{session.path.name}: {problem.ja}"))
    if session.quiz.graded:
        _same_student(session, store)
    if answers is not None:
        return _from_file(session, store, answers)
    if show:
        return _show(session, store if session.quiz.graded else practice)
    if session.as_json:
        return _as_json(session, store if session.quiz.graded else practice)
    terminal = Terminal(session.lang, _read, click.echo, session.quiz.graded)
    _head(session, terminal)
    if not session.quiz.graded:
        _practised(session, run_practice(session.quiz, session.student, terminal, practice, item))
        return 0
    standing = run_graded(session.quiz, session.student, terminal, store, item)
    _kept(session, standing)
    return 0


def _same_student(session: Session, store: AnswerStore) -> None:
    """The kept answers are for one student's variants."""
    if store.student is not None and normal_student(store.student) != normal_student(session.student):
        raise UsageError(
            Text(
                f"{session.path} holds the answers of {store.student}, and you are {session.student}. "
                "Move it away, or say --student.",
                f"{session.path} は {store.student} の解答で、現在の ID は {session.student} です。"
                "ファイルを別の場所に移すか、--student で指定してください。",
            )
        )
    store.student = session.student


def _read(prompt: str) -> str:
    """A line from the keyboard or from a file."""
    try:
        # Bytes that are no text come as lone surrogates, which no file can hold.
        line = input(prompt).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeError:
        line = ""
    if not sys.stdin.isatty():
        click.echo(line)  # a script's output reads like a session
    return line


def _head(session: Session, terminal: Terminal) -> None:
    quiz = session.quiz
    terminal.write(quiz.title.get(session.lang))
    if quiz.intro is not None:
        terminal.say(quiz.intro)
    if quiz.graded:
        terminal.say(
            Text(
                f"This quiz is graded: answers are kept for {session.student} and scored after you hand them in.",
                f"このクイズは成績に入ります。{session.student} の解答として保存し、提出後に採点します。",
            )
        )
    terminal.say(help_text(quiz.graded))


def _practised(session: Session, standing: Standing) -> None:
    points, maximum = float(standing.points), float(standing.max_points)
    more = Text("Go on: autograder quiz {id}", "続きから: autograder quiz {id}").format(id=session.quiz.id)
    click.echo("")
    _say(
        session,
        Text(
            f"{standing.answered} of {standing.total} answered, {points:.3g} of {maximum:.3g} points at the first try.",
            f"{standing.total} 問中 {standing.answered} 問に解答しました。"
            f"1 回目の得点は {maximum:.3g} 点中 {points:.3g} 点です。",
        ),
    )
    if standing.answered < standing.total and standing.stopped:
        _say(session, more)


def _kept(session: Session, standing: Standing) -> None:
    click.echo("")
    name, count, total = session.path, standing.answered, standing.total
    said = Text(
        f"{count} of {total} answered, kept in {name}.", f"{total} 問中 {count} 問の解答を {name} に保存しました。"
    )
    _say(session, said)
    if count < total:
        more = Text("Go on: autograder quiz {id}", "続きから: autograder quiz {id}")
    else:
        more = Text(
            "All answered.\nSee them: autograder quiz {id} --show\nChange one: autograder quiz {id} --item ITEM\n"
            "Hand in: autograder submit",
            "すべて解答しました。\n確認: autograder quiz {id} --show\n変更: autograder quiz {id} --item ITEM\n"
            "提出: autograder submit",
        )
    _say(session, more.format(id=session.quiz.id))


def _answered(session: Session, store: AnswerStore | PracticeStore) -> int:
    if isinstance(store, PracticeStore):
        return practised(session.quiz, session.student, store).answered
    return count_answered(session.quiz, session.student, store)


def _as_json(session: Session, store: AnswerStore | PracticeStore) -> int:
    quiz = session.quiz
    told = {
        "id": quiz.id,
        "mode": "graded" if quiz.graded else "practice",
        "student": session.student,
        "items": len(quiz.items),
        "answered": _answered(session, store),
        "file": str(session.path),
    }
    click.echo(json.dumps(told, ensure_ascii=False))
    return 0


def _show(session: Session, store: AnswerStore | PracticeStore) -> int:
    from ...text.align import aligned

    rows = []
    for item in session.quiz.items:
        question = item.questions[item.variant(session.student)]
        raw = store.raw(item.id, question.number)
        kept = "-" if raw is None else shown_raw(raw)
        rows.append([item.id, kept, one_line(question.stem).get(session.lang)[:50]])
    click.echo("\n".join(aligned(rows)))
    answered = _answered(session, store)
    total = len(session.quiz.items)
    _say(session, Text(f"{answered} of {total} answered.", f"{total} 問中 {answered} 問に解答済みです。"))
    return 0


def _from_file(session: Session, store: AnswerStore, path: Path) -> int:
    """Check a file's answers: practice scores them, graded keeps those that can be read."""
    found = read_answers(path.read_text(encoding="utf-8-sig", errors="replace"))
    items = session.quiz.by_id
    for problem in found.problems:
        _say(session, problem)
    for name in found.given:
        if name not in items:
            _say(session, Text(f"{name}: no item of this quiz", f"{name}: このクイズの問題ではありません"))
    good = 0
    given = {name: answer for name, answer in found.given.items() if name in items and answer.raw not in (None, "", {})}
    for name, answer in given.items():
        good += _take(session, store, name, answer)
    if session.quiz.graded:
        store.save()
        _kept(session, Standing(count_answered(session.quiz, session.student, store), len(items)))
    else:
        _say(session, Text(f"{good} of {len(given)} right.", f"{len(given)} 問中 {good} 問正解です。"))
    return 0 if good == len(given) and not found.problems else 1


def _take(session: Session, store: AnswerStore, name: str, answer: Given) -> bool:
    item = session.quiz.by_id[name]
    variant = item.variant(session.student)
    if answer.variant not in (None, variant):
        if session.quiz.graded:
            other = Text(
                f"{name}: answered for variant {answer.variant}, but yours is {variant}; not taken",
                f"{name}: variant {answer.variant} への解答ですが、あなたの問題は variant {variant} なので、"
                "取り込みません",
            )
            _say(session, other)
            return False
        variant = min(answer.variant or 0, len(item.questions) - 1)
    if session.quiz.graded:
        problem = problem_of(item.questions[variant].ask, answer.raw)
        if problem is not None:
            _say(session, Text(f"{name}: {problem.en}", f"{name}: {problem.ja}"))
            return False
        store.given[name] = Given(answer.raw, variant)
        return True
    replica = item.replicas[variant]
    outcome = score(replica, answer.raw)
    if outcome.credit == 1:
        return True
    right = shown_plain(replica, session.lang)
    why = outcome.problem or outcome.feedback or Text(f"the answer is {right}", f"正解は {right} です")
    _say(session, plain_text(Text(f"{name}: {why.en}", f"{name}: {why.ja}")))
    return False


def _say(session: Session, text: Text) -> None:
    for line in text.get(session.lang).split("\n"):
        click.echo("\n".join(wrap(line, width())))
