"""A quiz in a notebook: what ``%quiz`` shows and what ``%%quiz`` says of a cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.notebook.quiz_cell import how_in_cell
from autograder.notebook.quiz_view import Questions, Taken, take
from autograder.quiz.draw.draw import replicas
from autograder.quiz.draw.replica import Choices, Match, Order, Words
from autograder.quiz.page.public import PublicQuiz, publish
from autograder.quiz.proof.solve import right_answer
from autograder.quiz.source.items import load_quiz

QUIZ = load_quiz(Path(__file__).parents[1] / "quiz" / "sample.yaml")
DRAWN = [replicas(item, QUIZ.replicas) for item in QUIZ.items]


def make(graded: bool) -> PublicQuiz:
    return publish("sample", QUIZ.title, graded, QUIZ.intro, DRAWN)


def cell() -> str:
    """Every item answered right, as the skeleton asks for it."""
    quiz, lines = make(False), []
    for item in quiz.items:
        replica = item.replicas[item.variant("s001")]
        raw = right_answer(replica)
        match replica.body:
            case Choices(several=True) | Order():
                raw = ", ".join(raw)
            case Match():
                raw = " ".join(f"{a}{n}" for a, n in raw.items())
            case Words(printed=True):
                raw = '"' + raw.replace("\n", " ") + '"'
        if isinstance(raw, dict):
            lines += [f"{item.id}:  # gaps", *(f"  {k}: {v}" for k, v in raw.items())]
        else:
            lines.append(f"{item.id}: {raw}  # {how_in_cell(item.questions[0].ask).en}")
    return "\n".join(lines)


def states(found: Taken) -> dict[str, str]:
    return {row.item: row.state for row in found.rows}


def test_answers_in_the_forms_that_the_cell_asks_for_are_right() -> None:
    found = take(make(False), cell(), "s001", "en")
    assert set(states(found).values()) == {"right"}
    assert found.notes == ()
    assert found.passed


def test_a_graded_cell_is_recorded_and_not_judged() -> None:
    found = take(make(True), "student: s001\n" + cell(), "s001", "en")
    assert set(states(found).values()) == {"kept"}
    n = len(found.rows)
    assert repr(found) == f"Recorded: {n} of {n} answered."
    assert all(row.replica is None and row.outcome is None for row in found.rows)


def test_what_cannot_be_read_of_a_graded_cell_is_named() -> None:
    found = take(make(True), "s-numeric: abc\ns-single: b\ns-single2: a", "s001", "ja")
    assert states(found)["s-numeric"] == "unread"
    assert found.answered == 1
    html = found._repr_html_()
    assert "数として読めません" in html
    assert "s-single2" in html


def test_wrong_answers_come_with_feedback_and_the_answer_behind_a_click() -> None:
    quiz = make(False)
    item = quiz.by_id["s-single"]
    body = item.replicas[item.variant("s001")].body
    wrong = next(c for c in body.choices if not c.correct and c.remark.feedback)
    html = take(quiz, f"s-single: {wrong.id}", "s001", "en")._repr_html_()
    assert wrong.remark.feedback.en in html
    assert html.index("<details>") < html.index("relu(x) = max(x, 0).")


def test_an_empty_cell_answers_nothing_and_says_what_is_left() -> None:
    found = take(make(False), 's-cloze:\n  1:\n  2:\ns-output: ""\ns-single:  # 1. one letter', "s001", "en")
    assert set(states(found).values()) == {"blank"}
    assert "Not answered" in found._repr_html_()


def test_another_student_s_cell_is_noticed() -> None:
    found = take(make(True), "student: s002\ns-single: a", "s001", "en")
    assert "s002" in repr(found)


def test_another_variant_is_not_taken() -> None:
    own = make(True).by_id["s-single"].variant("s001")
    found = take(make(True), f"s-single: {{variant: {own + 1}, answer: a}}", "s001", "en")
    assert states(found)["s-single"] == "unread"


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("graded", [True, False])
def test_the_questions_show_every_item_and_no_answer(lang: str, graded: bool) -> None:
    shown = Questions(make(graded), "s001", lang, lambda src: None)  # type: ignore[arg-type]
    html = shown._repr_html_()
    for item in QUIZ.items:
        assert item.id in html
        assert item.id in repr(shown)
    assert "max(x, 0)." not in html
    assert "<script" not in html


def test_an_answer_is_never_html() -> None:
    html = take(make(False), 's-short: "<img src=x>"\ns-numeric: "<b>"', "s001", "en")._repr_html_()
    assert "<img" not in html
    assert "<b>'" not in html
