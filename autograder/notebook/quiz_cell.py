"""The answers in a ``%%quiz`` cell, read; those of a practice quiz scored.

What counts of a graded quiz is the cell itself, which is handed in with the notebook. Here the
student learns what a grader would not understand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, assert_never

from ..i18n import Lang, Text
from ..quiz.answer.answers import Answers, Given, read_answers
from ..quiz.answer.ask import how_to_answer, problem_of
from ..quiz.answer.score import Outcome, is_blank, score
from ..quiz.draw.replica import Replica
from ..quiz.draw.variant import normal_student
from ..quiz.page.public import PublicItem, PublicQuiz
from ..quiz.page.sealed import Ask, AskChoices, AskGaps, AskLine, AskMatch, AskNumber, AskOrder, AskShape, AskText
from ..quiz.shown import shown_response
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


def read_cell(quiz: PublicQuiz, text: str, student: str) -> tuple[list[Row], list[Text]]:
    """A row for each item, and what could not be read or belongs elsewhere."""
    found = read_answers(text)
    notes = [*found.problems, *_notes(quiz, found, student)]
    rows = [
        _row(quiz, item, number, found.given.get(item.id, Given(None)), student)
        for number, item in enumerate(quiz.items, 1)
    ]
    return rows, notes


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
        case AskChoices() | AskNumber() | AskShape() | AskText() | AskLine():
            return how_to_answer(ask)
        case _:
            assert_never(ask)
