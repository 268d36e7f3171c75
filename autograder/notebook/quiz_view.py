"""A quiz in a notebook: its questions, and what came of the answers in a ``%%quiz`` cell.

Practice answers are scored at once. Those of a graded quiz are only read: what counts is the
cell itself, which is handed in with the notebook, and here the student learns what a grader
would not understand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from ..i18n import Lang, Text
from ..quiz.answer.terminal import Terminal, show_question
from ..quiz.page.public import PublicQuiz
from ..quiz.page.sealed import Question
from ..quiz.proof.solve import shown_answer
from ..quiz.shown import plain_text
from .quiz_cell import STATES, Row, read_cell, said


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

        return questions(self.quiz, self.own, self.student, self.image, self.lang)


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

        return taken(self.quiz, self.student, self.rows, self.notes, self.summary(), self.lang)


def take(quiz: PublicQuiz, text: str, student: str, lang: Lang) -> Taken:
    """Read the body of a cell, and score it where the quiz is for practice."""
    rows, notes = read_cell(quiz, text, student)
    return Taken(quiz, student, tuple(rows), tuple(notes), lang)
