"""What is written out for an LMS is right for the engine too, over the whole bank."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.quiz.answer.score import score_body
from autograder.quiz.draw.replica import Cloze, Number, Order, Shape, Words
from autograder.quiz.export import load_export, spell

ROOT = Path(__file__).parents[2]
QUIZZES = [Path(__file__).with_name("sample.yaml"), *sorted((ROOT / "solutions" / "quizzes").glob("*.yaml"))]


def bodies(path: Path):
    quiz = load_export(path)
    for variants in quiz.items:
        for replica in variants:
            parts = [g.body for g in replica.body.gaps] if isinstance(replica.body, Cloze) else [replica.body]
            yield from ((replica.item, part, quiz.spellings) for part in parts)


def spellings(body, known):
    match body:
        case Shape():
            return spell.shape_spellings(body.value)
        case Number():
            return spell.number_spellings(body)
        case Words():
            # The engine keeps line ends apart from blanks; an LMS has no field with several lines.
            return [] if "\n" in body.shown.en else spell.words(body, known)
        case Order():
            orders = spell.right_orders(body)
            return spell.order_spellings(orders) if len(orders) <= spell.MAX_ORDERS else []
    return []


@pytest.mark.parametrize("path", QUIZZES, ids=lambda p: p.stem)
def test_the_engine_takes_every_spelling_for_right(path):
    wrong = [
        (item, text)
        for item, body, known in bodies(path)
        for text in spellings(body, known)
        if score_body(body, text).credit != 1
    ]
    assert wrong == []


@pytest.mark.parametrize("path", QUIZZES, ids=lambda p: p.stem)
def test_no_spelling_of_a_wrong_answer_is_right(path):
    for item, body, known in bodies(path):
        if isinstance(body, Words) and "\n" not in body.shown.en:
            for accepted, _ in body.distractors:
                for text in spell.wrong_words(body, accepted, known):
                    assert score_body(body, text).credit < 1, (item, text)


def test_a_word_is_listed_as_the_author_wrote_it():
    quiz = load_export(ROOT / "solutions" / "quizzes" / "quiz_history.yaml")
    assert quiz.spellings["rectifiedlinearunit"] == ("rectified linear unit",)


def test_a_number_is_listed_with_few_digits_and_with_its_own():
    found = spell.number_spellings(Number(0.22314355, 0.006, 0.0))
    assert {"0.22", ".22", "0.223", "0.22314355"} <= set(found)
    assert "0.2" not in found
    assert "0.23" not in found


def test_the_edge_of_a_tolerance_is_listed():
    assert set(spell.number_spellings(Number(2.0, 0.5, 0.0))) >= {"2", "1.5", "2.5"}


def test_printed_lines_are_joined():
    assert {"0 0 2", "0, 0, 2"} <= set(spell.output_spellings(["0\n0\n2"]))


def test_an_order_that_is_partly_free_has_several_solutions():
    free = Order((), frozenset({("a", "c"), ("b", "c")}), ("a", "b", "c"))
    free = Order(tuple((letter, None) for letter in "abc"), free.before, free.solution)
    assert spell.right_orders(free) == [("a", "b", "c"), ("b", "a", "c")]
