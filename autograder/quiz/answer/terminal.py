"""A quiz in the terminal, one question at a time.

Practice: the answer is judged at once, with what was probably done wrong; another try is free.
Graded: nothing here knows the answer; what can be read is kept at once in the answer file.
Whoever stops, by ``:q`` or Ctrl-C, keeps what was answered, the gaps that are filled included, and goes
on from there the next time.
Works as well with a file instead of a keyboard: its lines are the answers, its end is the end.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, assert_never

from ...i18n import Lang, Text
from ...student.show import width
from ...text.align import hanging, wrap
from ...text.colour import paint
from ...text.markdown import render
from ..draw.replica import Replica
from ..page.public import PublicItem, PublicQuiz
from ..page.sealed import (
    Ask,
    AskChoices,
    AskGaps,
    AskLine,
    AskMatch,
    AskNumber,
    AskOrder,
    AskShape,
    AskText,
    Question,
    seal,
)
from ..proof.solve import shown_answer
from ..shown import plain_text
from .ask import how_to_answer, problem_of
from .score import is_blank, score
from .store import AnswerStore, PracticeStore

_HELP = Text(
    "Type the answer and Enter. Enter alone skips to the next question.{answer} :b goes back, :q stops here, "
    ":? shows this help.",
    "解答を入力して Enter。Enter だけなら次の問題へ進みます。{answer}:b で前の問題へ、:q で終了、"
    ":? でこの説明を表示します。",
)
_REVEAL = Text(" :a shows the answer,", ":a で答えを表示、")


def help_text(graded: bool) -> Text:
    """What may be typed; the answers of a graded quiz cannot be shown."""
    reveal = Text("", "") if graded else _REVEAL
    return Text(_HELP.en.format(answer=reveal.en), _HELP.ja.format(answer=reveal.ja))


GAP = re.compile(r"\[\[([\w-]+)\]\]")


class Leave(Exception):
    """The student leaves a question; `raw` is what was typed of its answer by then."""

    raw: Any = None


class Stop(Leave):
    """The student stops here."""


class Interrupted(Stop):
    """By Ctrl-C."""


class Back(Leave):
    """To the question before."""


class Reveal(Leave):
    """To the answer."""


@dataclass
class Terminal:
    """How to talk: `read` raises EOFError at the end of the input."""

    lang: Lang
    read: Callable[[str], str]
    write: Callable[[str], None]
    graded: bool = False

    def say(self, text: Text, indent: str = "") -> None:
        """Prose, broken at the terminal's width."""
        for line in render(text.get(self.lang), width() - len(indent)):
            self.write((indent + line).rstrip())

    def line(self, prompt: str) -> str:
        """One line of an answer."""
        try:
            typed = self.read(prompt)
        except (EOFError, KeyboardInterrupt) as error:
            self.write("")
            raise (Stop if isinstance(error, EOFError) else Interrupted) from None
        word = unicodedata.normalize("NFKC", typed).strip().lower()  # a Japanese keyboard's colon too
        if word == ":q":
            raise Stop
        if word == ":b":
            raise Back
        if word == ":a" and not self.graded:
            raise Reveal
        if word in (":?", ":a"):
            self.say(help_text(self.graded))
            return self.line(prompt)
        return typed


@dataclass(frozen=True)
class Standing:
    """Where a quiz stands after a session."""

    answered: int
    total: int
    points: Fraction = Fraction(0)
    max_points: Fraction = Fraction(0)
    stopped: bool = False


def run_practice(
    quiz: PublicQuiz, student: str, terminal: Terminal, store: PracticeStore, only: str | None = None
) -> Standing:
    """Ask everything from the first item that has no answer, judging at once."""

    def one(item: PublicItem) -> None:
        variant = item.variant(student)
        keep = functools.partial(store.put, item.id, variant)
        _practise(item.replicas[variant], terminal, keep)

    items = _items(quiz, only)
    first = next((n for n, i in enumerate(items) if store.credit(i.id, i.variant(student)) is None), None)
    if first is None and only is None:
        terminal.say(Text("All questions were answered; we begin again.", "全問に解答済みなので、最初から始めます。"))
        store.clear()
    stopped = _loop(items, student, terminal, one, 0 if only else first or 0)
    return practised(quiz, student, store, only, stopped)


def practised(
    quiz: PublicQuiz, student: str, store: PracticeStore, only: str | None = None, stopped: bool = False
) -> Standing:
    """Where a practice quiz stands."""
    items = _items(quiz, only)
    found = [(i, store.credit(i.id, i.variant(student))) for i in items]
    points = sum((credit * i.points for i, credit in found if credit is not None), Fraction(0))
    most = sum((i.points for i in items), Fraction(0))
    return Standing(sum(c is not None for _, c in found), len(items), points, most, stopped)


def run_graded(
    quiz: PublicQuiz, student: str, terminal: Terminal, store: AnswerStore, only: str | None = None
) -> Standing:
    """Ask what is not answered yet (or `only` one item), and keep every answer at once."""

    def one(item: PublicItem) -> None:
        question = item.questions[item.variant(student)]
        kept = store.raw(item.id, question.number)
        if kept is not None:
            terminal.write(Text("Kept so far: ", "保存済みの解答: ").get(terminal.lang) + shown_raw(kept))
        while True:
            try:
                raw = read_answer(question.ask, terminal)
            except Leave as leave:
                if leave.raw is not None and problem_of(question.ask, leave.raw) is None:
                    store.put(item.id, _merged(kept, leave.raw), question.number)
                raise
            if raw is None:
                return
            problem = problem_of(question.ask, raw)
            if problem is None:
                store.put(item.id, _merged(kept, raw), question.number)
                return
            terminal.say(problem, "  ")

    items = _items(quiz, only)
    first = next((n for n, i in enumerate(items) if not _complete(i.questions[i.variant(student)], store)), 0)
    stopped = _loop(items, student, terminal, one, 0 if only else first)
    return Standing(count_answered(quiz, student, store), len(quiz.items), stopped=stopped)


def _merged(kept: Any, raw: Any) -> Any:
    """A new answer; of gaps, those that were not filled again stay as they were."""
    return {**kept, **raw} if isinstance(kept, dict) and isinstance(raw, dict) else raw


def _complete(question: Question, store: AnswerStore) -> bool:
    """Whether an answer is there, with every gap filled."""
    kept = store.raw(question.item, question.number)
    if isinstance(question.ask, AskGaps) and isinstance(kept, dict):
        return {gap.name for gap in question.ask.gaps} <= {
            str(name) for name, value in kept.items() if not is_blank(value)
        }
    return kept is not None


def count_answered(quiz: PublicQuiz, student: str, store: AnswerStore) -> int:
    """How many items of the student's own variants have an answer."""
    return sum(store.raw(i.id, i.variant(student)) is not None for i in quiz.items)


def _items(quiz: PublicQuiz, only: str | None) -> list[PublicItem]:
    return [item for item in quiz.items if only in (None, item.id)]


def _loop(
    items: list[PublicItem], student: str, terminal: Terminal, one: Callable[[PublicItem], None], at: int = 0
) -> bool:
    """Go through the items; whether the student stopped before the end."""
    try:
        while at < len(items):
            show_question(items[at].questions[items[at].variant(student)], terminal, f"{at + 1}/{len(items)}")
            try:
                one(items[at])
                at += 1
            except Back:
                at = max(0, at - 1)
    except Interrupted:
        raise KeyboardInterrupt from None
    except Stop:
        return True
    return False


def _practise(replica: Replica, terminal: Terminal, keep: Callable[[Fraction, Any], None]) -> None:
    """Judge answers until one is right, the student goes on, or the answer is asked for; the first one counts."""
    ask = seal(replica).ask
    while True:
        try:
            raw = read_answer(ask, terminal)
        except Reveal:
            keep(Fraction(0), None)
            break
        if raw is None:
            return
        outcome = score(replica, raw)
        if outcome.problem is not None:
            terminal.say(outcome.problem, "  ")
            continue
        keep(outcome.credit, raw)
        if outcome.credit == 1:
            terminal.write("  " + paint(Text("Right.", "正解です。").get(terminal.lang), fg="green", bold=True))
            _explain(replica, terminal)
            return
        partly = Text(f"Partly right ({float(outcome.credit):.0%}).", f"部分点です（{float(outcome.credit):.0%}）。")
        said = partly if outcome.credit else Text("Not right.", "不正解です。")
        terminal.write("  " + paint(said.get(terminal.lang), fg="yellow" if outcome.credit else "red", bold=True))
        if outcome.feedback is not None:
            terminal.say(outcome.feedback, "  ")
        again = Text(
            "Try again; :a shows the answer, Enter alone goes on.",
            "もう一度どうぞ。:a で答えを表示、Enter だけなら次の問題へ進みます。",
        )
        terminal.say(again, "  ")
    label = Text("The answer: ", "答え: ").get(terminal.lang)
    for line in hanging(label, shown_plain(replica, terminal.lang), width() - 2):
        terminal.write("  " + line)
    _explain(replica, terminal)


def _explain(replica: Replica, terminal: Terminal) -> None:
    if replica.solution is not None:
        terminal.say(replica.solution, "  ")


def shown_plain(replica: Replica, lang: Lang) -> str:
    """The right answer with its formulas in plain characters."""
    return plain_text(Text.of(shown_answer(replica, lang))).get(lang)


def shown_raw(raw: Any) -> str:
    """A kept answer on one line."""
    if isinstance(raw, dict):
        return ", ".join(f"{k}: {v}" for k, v in raw.items())
    return ", ".join(map(str, raw)) if isinstance(raw, list) else str(raw).replace("\n", " | ")


def show_question(question: Question, terminal: Terminal, place: str) -> None:
    """Number, stem, listing and choices."""
    lang = terminal.lang
    points = Text(f"{float(question.points):g} points", f"{float(question.points):g} 点")
    if question.points == 1:
        points = Text("1 point", "1 点")
    terminal.write("")
    worth = f"  ({points.en})" if lang == "en" else f"（{points.ja}）"
    terminal.write(paint(f"[{place}] {question.item}{worth}", bold=True))
    # A gap is marked as its prompt is.
    stem = (
        question.stem
        if question.kind != "cloze"
        else Text(*(GAP.sub(r"[\1]", t) for t in (question.stem.en, question.stem.ja)))
    )
    terminal.say(stem)
    if question.image is not None:
        picture = Text("Picture: {src} ({alt})", "図: {src}（{alt}）")
        shown = picture.get(lang).format(src=question.image.src, alt=question.image.alt.get(lang))
        for line in wrap(shown, width()):
            terminal.write(line)
    if question.code is not None:
        numbered = question.kind == "find_the_error"
        terminal.write("")
        for number, line in enumerate(question.code.split("\n"), 1):
            terminal.write(f"{number:4}  {line}".rstrip() if numbered else f"    {line}".rstrip())
    terminal.write("")
    _show_ask(question.ask, terminal)


def _show_ask(ask: Ask, terminal: Terminal) -> None:
    match ask:
        case AskChoices():
            _listed([(i, text) for i, text in ask.choices], terminal)
        case AskMatch():
            _listed(list(ask.lefts), terminal)
            terminal.write("")
            _listed([(str(n), text) for n, text in ask.rights], terminal)
        case AskOrder():
            _listed(list(ask.steps), terminal)
        case AskNumber() | AskShape() | AskText() | AskLine() | AskGaps():
            pass  # nothing to choose from
        case _:
            assert_never(ask)


def _listed(choices: list[tuple[str, Text]], terminal: Terminal) -> None:
    for letter, text in choices:
        lines = text.get(terminal.lang).split("\n") if "\n" in text.en else render(text.get(terminal.lang), width() - 6)
        for i, line in enumerate(lines or [""]):
            terminal.write((f"  {letter}) " if i == 0 else "     ") + line)


def read_answer(ask: Ask, terminal: Terminal) -> Any:
    """What is typed, None for nothing."""
    terminal.write(f"  ({how_to_answer(ask).en})" if terminal.lang == "en" else f"  （{how_to_answer(ask).ja}）")
    if isinstance(ask, AskGaps):
        return _read_gaps(ask, terminal)
    if isinstance(ask, AskText) and ask.printed:
        return _read_lines(terminal)
    return terminal.line("> ").strip() or None


def _read_lines(terminal: Terminal) -> str | None:
    lines: list[str] = []
    try:
        while line := terminal.line("> ").rstrip():
            lines.append(line)
    except Leave as leave:
        leave.raw = "\n".join(lines) or None
        raise
    return "\n".join(lines) or None


def _read_gaps(ask: AskGaps, terminal: Terminal) -> dict[str, str] | None:
    found: dict[str, str] = {}
    try:
        for gap in ask.gaps:
            if isinstance(gap.ask, AskChoices):
                terminal.write(f"  [{gap.name}]")
                _show_ask(gap.ask, terminal)
            unit = f" ({gap.ask.unit.get(terminal.lang)})" if isinstance(gap.ask, AskNumber) and gap.ask.unit else ""
            typed = terminal.line(f"[{gap.name}]{unit} > ").strip()
            if typed:
                found[gap.name] = typed
    except Leave as leave:
        leave.raw = found or None
        raise
    return found or None
