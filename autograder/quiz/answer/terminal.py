"""A quiz in the terminal, one question at a time.

Practice: the answer is judged at once, with what was probably done wrong; another try is free.
Graded: nothing here knows the answer; what can be read is kept at once in the answer file.
Works as well with a file instead of a keyboard: its lines are the answers, its end is the end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ...i18n import Lang, Text
from ...student.show import width
from ...text.markdown import render
from ..draw.replica import Replica
from ..page.public import PublicItem, PublicQuiz
from ..page.sealed import Ask, AskChoices, AskGaps, AskMatch, AskOrder, AskText, Question, seal
from ..proof.solve import shown_answer
from ..shown import plain_text
from .ask import how_to_answer, problem_of
from .score import score
from .store import AnswerStore

HELP = Text(
    "Type the answer and Enter. Enter alone: next question. :b back, :q stop here, :? this help.",
    "解答を入力して Enter。Enter だけなら次の問題へ。:b で前の問題へ、:q で終了、:? でこの説明を表示します。",
)


class Stop(Exception):
    """The student stops here."""


class Back(Exception):
    """To the question before."""


@dataclass
class Terminal:
    """How to talk: `read` raises EOFError at the end of the input."""

    lang: Lang
    read: Callable[[str], str]
    write: Callable[[str], None]

    def say(self, text: Text, indent: str = "") -> None:
        """Prose, broken at the terminal's width."""
        for line in render(text.get(self.lang), width() - len(indent)):
            self.write((indent + line).rstrip())

    def line(self, prompt: str) -> str:
        """One line of an answer."""
        try:
            typed = self.read(prompt)
        except EOFError:
            self.write("")
            raise Stop from None
        word = typed.strip().lower()
        if word in (":q", "：q"):
            raise Stop
        if word in (":b", "：b"):
            raise Back
        if word in (":?", "：?", ":？", "：？"):
            self.say(HELP)
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


def run_practice(quiz: PublicQuiz, student: str, terminal: Terminal, only: str | None = None) -> Standing:
    """Ask everything, judging at once."""
    credit: dict[str, Fraction] = {}

    def one(item: PublicItem) -> None:
        replica = item.replicas[item.variant(student)]
        credit[item.id] = max(credit.get(item.id, Fraction(0)), _practise(replica, terminal))

    items = _items(quiz, only)
    stopped = _loop(items, student, terminal, one)
    points = sum((credit[i.id] * i.points for i in items if i.id in credit), Fraction(0))
    return Standing(len(credit), len(items), points, sum((i.points for i in items), Fraction(0)), stopped)


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
            raw = read_answer(question.ask, terminal)
            if raw is None:
                return
            problem = problem_of(question.ask, raw)
            if problem is None:
                store.put(item.id, raw, question.number)
                return
            terminal.say(problem, "  ")

    items = _items(quiz, only)
    first = next((n for n, i in enumerate(items) if store.raw(i.id, i.variant(student)) is None), 0)
    stopped = _loop(items, student, terminal, one, 0 if only else first)
    return Standing(count_answered(quiz, student, store), len(quiz.items), stopped=stopped)


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
    except Stop:
        return True
    return False


def _practise(replica: Replica, terminal: Terminal) -> Fraction:
    """The credit of the first answer that could be understood."""
    first: Fraction | None = None
    ask = seal(replica).ask
    while True:
        raw = read_answer(ask, terminal)
        if raw is None:
            break
        outcome = score(replica, raw)
        if outcome.problem is not None:
            terminal.say(outcome.problem, "  ")
            continue
        first = outcome.credit if first is None else first
        if outcome.credit == 1:
            terminal.write("  " + Text("Right.", "正解です。").get(terminal.lang))
            break
        partly = Text(f"Partly right ({float(outcome.credit):.0%}).", f"部分点です（{float(outcome.credit):.0%}）。")
        terminal.write("  " + (partly if outcome.credit else Text("Not right.", "不正解です。")).get(terminal.lang))
        if outcome.feedback is not None:
            terminal.say(outcome.feedback, "  ")
        again = Text("Try again, or Enter for the answer.", "もう一度どうぞ。Enter だけなら答えを表示します。")
        terminal.write("  " + again.get(terminal.lang))
    if first != 1:
        label = Text("The answer: ", "答え: ")
        terminal.write("  " + label.get(terminal.lang) + shown_plain(replica, terminal.lang))
    if replica.solution is not None:
        terminal.say(replica.solution, "  ")
    return first or Fraction(0)


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
    terminal.write(f"[{place}] {question.item}{worth}")
    terminal.say(question.stem)
    if question.image is not None:
        picture = Text("Picture: {src} ({alt})", "図: {src}（{alt}）")
        terminal.write(picture.get(lang).format(src=question.image.src, alt=question.image.alt.get(lang)))
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
        lines = []
        while line := terminal.line("> ").rstrip():
            lines.append(line)
        return "\n".join(lines) or None
    return terminal.line("> ").strip() or None


def _read_gaps(ask: AskGaps, terminal: Terminal) -> dict[str, str] | None:
    found: dict[str, str] = {}
    for gap in ask.gaps:
        if isinstance(gap.ask, AskChoices):
            terminal.write(f"  [{gap.name}]")
            _show_ask(gap.ask, terminal)
        typed = terminal.line(f"[{gap.name}] > ").strip()
        if typed:
            found[gap.name] = typed
    return found or None
