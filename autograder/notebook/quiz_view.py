"""A quiz in a notebook: its questions, and what came of the answers in a ``%%quiz`` cell.

Practice answers are scored at once. Those of a graded quiz are only read: what counts is the
cell itself, which is handed in with the notebook, and here the student learns what a grader
would not understand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from ..i18n import Lang, Text
from ..quiz.answer.answers import Answers, Given, read_answers
from ..quiz.answer.ask import how_to_answer, problem_of
from ..quiz.answer.score import Outcome, is_blank, score
from ..quiz.answer.terminal import Terminal, show_question
from ..quiz.draw.replica import Replica
from ..quiz.draw.variant import normal_student
from ..quiz.page.public import PublicItem, PublicQuiz
from ..quiz.page.sealed import Ask, AskChoices, AskGaps, AskMatch, AskOrder, AskText, Question
from ..quiz.proof.solve import shown_answer
from ..quiz.shown import plain_text, shown_response
from ..student.course import unknown

State = Literal["right", "partly", "wrong", "kept", "unread", "blank"]

STATES: dict[State, Text] = {
    "right": Text("Right", "正解"),
    "partly": Text("Partly right", "部分点"),
    "wrong": Text("Not right", "不正解"),
    "kept": Text("Recorded", "記録済み"),
    "unread": Text("Cannot be read", "読み取れません"),
    "blank": Text("Not answered", "未解答"),
}


class _Displayed:
    """Rich where HTML is shown, plain lines elsewhere."""

    def _repr_html_(self) -> str:
        raise NotImplementedError

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self._repr_html_()}


@dataclass(frozen=True, repr=False)
class Questions(_Displayed):
    """All questions of a quiz in the student's variants.

    Attributes
    ----------
    image
        The bytes of a picture by its path below the quiz folder, None where it is not there.
    """

    quiz: PublicQuiz
    student: str
    lang: Lang
    image: Callable[[str], bytes | None]

    @property
    def own(self) -> list[Question]:
        return [item.questions[item.variant(self.student)] for item in self.quiz.items]

    def __repr__(self) -> str:
        lines = [self.quiz.title.get(self.lang)]
        terminal = Terminal(self.lang, lambda prompt: "", lines.append)
        for number, question in enumerate(self.own, 1):
            show_question(question, terminal, f"{number}/{len(self.quiz.items)}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        from .quiz_html import questions

        return questions(self)


@dataclass(frozen=True)
class Row:
    """One answer.

    Attributes
    ----------
    number
        Place of the item in the quiz, from 1.
    replica
        None in a graded quiz.
    """

    number: int
    item: str
    state: State
    points: Fraction
    outcome: Outcome | None = None
    replica: Replica | None = None
    problem: Text | None = None


@dataclass(frozen=True, repr=False)
class Taken(_Displayed):
    """What came of the answers in a cell; `notes` is what could not be read or belongs elsewhere."""

    quiz: PublicQuiz
    student: str
    rows: tuple[Row, ...]
    notes: tuple[Text, ...]
    lang: Lang

    @property
    def answered(self) -> int:
        return sum(row.state not in ("blank", "unread") for row in self.rows)

    @property
    def passed(self) -> bool:
        """Whether every item is right; of a graded quiz, whether everything is answered."""
        return all(row.state in ("right", "kept") for row in self.rows)

    def summary(self) -> Text:
        """One sentence."""
        n, total = self.answered, len(self.rows)
        if self.quiz.graded:
            return Text(f"Recorded: {n} of {total} answered.", f"記録しました。{total} 問中 {n} 問に解答済みです。")
        got = float(sum((r.outcome.credit * r.points for r in self.rows if r.outcome is not None), Fraction(0)))
        worth = float(sum((r.points for r in self.rows), Fraction(0)))
        return Text(
            f"{n} of {total} answered, {got:.3g} of {worth:.3g} points.",
            f"{total} 問中 {n} 問に解答しました。得点は {worth:.3g} 点中 {got:.3g} 点です。",
        )

    def __repr__(self) -> str:
        lines = [self.summary().get(self.lang), *(note.get(self.lang) for note in self.notes)]
        for row in self.rows:
            if row.state in ("blank", "kept"):
                continue
            lines.append(f"{row.number:3}  {row.item}: {STATES[row.state].get(self.lang)}")
            lines += [f"     {plain_text(told).get(self.lang)}" for told in said(row)]
            if row.state != "right" and row.replica is not None and row.state != "unread":
                answer = plain_text(Text.of(shown_answer(row.replica, self.lang))).get(self.lang)
                lines.append(Text("     The answer: ", "     答え: ").get(self.lang) + answer)
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        from .quiz_html import taken

        return taken(self)


def said(row: Row) -> Iterator[Text]:
    """What is to be said of an answer, as it is: Markdown and TeX are in it."""
    if row.problem is not None:
        yield row.problem
    if row.outcome is not None and row.outcome.feedback is not None and row.state != "right":
        yield row.outcome.feedback


def response(row: Row, lang: Lang) -> str:
    """The answer as it was understood, in words; "" where there is none."""
    if row.outcome is None or row.replica is None:
        return ""
    return shown_response(row.replica, row.outcome, lang)


def take(quiz: PublicQuiz, text: str, student: str, lang: Lang) -> Taken:
    """Read the body of a cell, and score it where the quiz is for practice."""
    found = read_answers(text)
    notes = [*found.problems, *_notes(quiz, found, student)]
    rows = []
    for number, item in enumerate(quiz.items, 1):
        given = found.given.get(item.id, Given(None))
        rows.append(_row(quiz, item, number, given, student))
    return Taken(quiz, student, tuple(rows), tuple(notes), lang)


def _notes(quiz: PublicQuiz, found: Answers, student: str) -> Iterator[Text]:
    if found.quiz is not None and found.quiz != quiz.id:
        yield Text(
            f"The cell says that it belongs to {found.quiz}; it was read as {quiz.id}.",
            f"{found.quiz} の解答と書かれていますが、{quiz.id} の解答として読みました。",
        )
    if found.student is not None and normal_student(found.student) != normal_student(student):
        yield Text(
            f"The cell says `student: {found.student}`, but you are {student}.",
            f"`student: {found.student}` と書かれていますが、現在の ID は {student} です。",
        )
    for name in found.given:
        if name not in quiz.by_id:
            yield unknown(name, list(quiz.by_id), Text("item", "問題"))


def _row(quiz: PublicQuiz, item: PublicItem, number: int, given: Given, student: str) -> Row:
    own = item.variant(student)
    question = item.questions[own]
    if not answered(question.ask, given.raw):
        return Row(number, item.id, "blank", item.points)
    problem = None
    if given.variant_problem or given.variant not in (None, own):
        problem = Text(
            f"This answers variant {given.variant}; yours is {own}. Leave the variant out.",
            f"variant {given.variant} への解答ですが、あなたの問題は variant {own} です。"
            "variant は書かなくてかまいません。",
        )
    problem = problem or problem_of(question.ask, given.raw)
    if quiz.graded:
        return Row(number, item.id, "kept" if problem is None else "unread", item.points, problem=problem)
    replica = item.replicas[own]
    if problem is not None:
        return Row(number, item.id, "unread", item.points, None, replica, problem)
    outcome = score(replica, given.raw)
    state: State = "right" if outcome.credit == 1 else "partly" if outcome.credit else "wrong"
    return Row(number, item.id, state, item.points, outcome, replica)


def answered(ask: Ask, raw: Any) -> bool:
    """Whether there is an answer; gaps that are all empty are none."""
    if isinstance(ask, AskGaps) and isinstance(raw, dict):
        return not all(is_blank(value) for value in raw.values())
    return not is_blank(raw)


def how_in_cell(ask: Ask) -> Text:
    """The form of an answer, in YAML that needs no quotes where that is possible."""
    match ask:
        case AskChoices(several=True):
            return Text("letters, like a, c", "記号すべて（例: a, c）")
        case AskMatch():
            return Text("pairs, like a2 b1", "組（例: a2 b1）")
        case AskOrder():
            return Text("all letters in order, like c, a, b", "記号を順に（例: c, a, b）")
        case AskText(printed=True):
            return Text(
                "what is printed, between the quotes; blanks for line breaks",
                "表示される内容を引用符の中に。改行は空白で",
            )
        case AskGaps():
            gaps = [(gap.name, how_to_answer(gap.ask)) for gap in ask.gaps]
            return Text(
                "gaps: " + ", ".join(f"{n} {how.en}" for n, how in gaps),
                "空欄: " + "、".join(f"{n} {how.ja}" for n, how in gaps),
            )
    return how_to_answer(ask)
