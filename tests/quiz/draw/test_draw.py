"""Replicas are drawn the same everywhere, differ from each other, and keep what the author said."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from autograder.quiz.draw.draw import DrawError, draw, replica_number, replicas
from autograder.quiz.draw.replica import Choices, Cloze, Match, Number, Order, Shape, Words
from autograder.quiz.source.items import Quiz, load_quiz
from autograder.quiz.source.kinds import TYPES

SAMPLE = Path(__file__).parents[1] / "sample.yaml"


@pytest.fixture(scope="module")
def quiz() -> Quiz:
    return load_quiz(SAMPLE)


def item(quiz: Quiz, name: str):
    return next(i for i in quiz.items if i.id == name)


def test_the_sample_has_every_type(quiz):
    assert {i.type for i in quiz.items} == set(TYPES)


def test_the_first_replicas_do_not_depend_on_how_many_are_drawn(quiz):
    for it in quiz.items:
        many = replicas(it, 6)
        assert many[:2] == replicas(it, 2)
        assert draw(it, len(many) - 1) == many[-1]
        assert [r.number for r in many] == list(range(len(many)))


def test_replicas_have_different_parameters(quiz):
    drawn = replicas(item(quiz, "s-shape"), 6)
    assert len({r.stem for r in drawn}) == 6


def test_where_nothing_varies_there_is_one_replica(quiz):
    assert len(replicas(item(quiz, "s-bug"), 6)) == 1
    assert len(replicas(item(quiz, "s-short"), 6)) == 1


def test_fewer_combinations_than_asked_give_fewer_replicas(quiz):
    assert len(replicas(item(quiz, "s-cloze"), 20)) == 4
    with pytest.raises(DrawError, match="only 4"):
        draw(item(quiz, "s-cloze"), 4)


def test_another_seed_draws_others(quiz):
    it = item(quiz, "s-shape")
    assert [r.stem for r in replicas(it, 6)] != [r.stem for r in replicas(it, 6, seed=1)]


def test_texts_are_filled_in_both_languages(quiz):
    for it in quiz.items:
        for replica in replicas(it, 3):
            assert "{{" not in repr(replica)


def test_constraints_on_computed_values_hold(quiz):
    for r in replicas(item(quiz, "s-shape"), 6):
        assert isinstance(r.body, Shape)
        assert min(r.body.value) >= 3


def test_the_order_of_choices_says_nothing_about_the_authors_order(quiz):
    it = item(quiz, "s-multi")
    turned = it.model_copy(update={"options": it.options[::-1]})
    for a, b in zip(replicas(it, 6), replicas(turned, 6), strict=True):
        assert isinstance(a.body, Choices)
        assert isinstance(b.body, Choices)
        assert [c.text for c in a.body.choices] == [c.text for c in b.body.choices]
    assert len({r.body for r in replicas(it, 6)}) == 6


def test_steps_are_not_shown_in_a_right_order(quiz):
    for name in ("s-order", "s-dag"):
        for r in replicas(item(quiz, name), 6):
            assert isinstance(r.body, Order)
            place = {s: i for i, (s, _) in enumerate(r.body.steps)}
            assert any(place[a] > place[b] for a, b in r.body.before)


def test_a_graph_of_steps_leaves_free_what_it_does_not_order(quiz):
    body = draw(item(quiz, "s-dag"), 0).body
    assert isinstance(body, Order)
    name = {letter: text.en for letter, text in body.steps}
    pairs = {(name[a], name[b]) for a, b in body.before}
    assert pairs == {("wash", "cook"), ("peel", "cook"), ("wash", "eat"), ("peel", "eat"), ("cook", "eat")}


def test_equal_rights_are_interchangeable(quiz):
    body = draw(item(quiz, "s-match"), 0).body
    assert isinstance(body, Match)
    images = {n for n, text in body.rights if text.en == "images"}
    assert {n for left, n in body.key if left in "ab"} == images
    assert all(body.same[n - 1] == images for n in images)


def test_an_output_without_an_answer_is_what_the_program_prints(quiz):
    for r in replicas(item(quiz, "s-output"), 4):
        assert isinstance(r.body, Words)
        a = int(r.code.splitlines()[0].split("=")[1])
        assert r.body.accept == (f"{a / 2} [{a}]",)


def test_decimal_parameters_lie_on_their_grid(quiz):
    for r in replicas(item(quiz, "s-numeric"), 6):
        assert isinstance(r.body, Number)
        lr = float(r.stem.en.split("lr ")[1].split(":")[0])
        assert math.isclose(lr * 10, round(lr * 10))
        assert len(str(lr)) == 3


def test_gaps_are_drawn_with_the_items_values(quiz):
    body = draw(item(quiz, "s-cloze"), 0).body
    assert isinstance(body, Cloze)
    assert [g.name for g in body.gaps] == ["1", "2"]


def test_constraints_that_never_hold_are_refused(quiz):
    it = item(quiz, "s-shape").model_copy(update={"constraints": ["n > 100"]})
    with pytest.raises(DrawError, match=r"s-shape\.constraints: not fulfilled"):
        draw(it, 0)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"compute": {"h": "n // (s - s)"}}, "compute.h"),
        ({"constraints": ["m > 1"]}, "constraints.0"),
        ({"compute": {"h": "-n"}, "constraints": []}, "answer.value"),
    ],
)
def test_an_expression_without_a_value_names_its_place(quiz, change, place):
    with pytest.raises(DrawError) as error:
        draw(item(quiz, "s-shape").model_copy(update=change), 0)
    assert f"s-shape.{place}:" in str(error.value)


def test_the_variant_of_a_student_is_fixed_for_ever():
    # A page in the browser computes the same numbers: autograder/quiz/draw/variant.py has the JavaScript.
    assert [replica_number(s, "conv-out-01", 8) for s in ("s001", "s002", "s003", "田中")] == VARIANTS
    assert replica_number(" Ｓ００１ ", "conv-out-01", 8) == replica_number("s001", "conv-out-01", 8)


VARIANTS = [4, 5, 2, 3]


def test_neighbours_in_the_class_list_get_variants_evenly():
    for n in (2, 3, 8):
        counts = [0] * n
        same = 0
        for i in range(800):
            a = replica_number(f"s{i:03}", "a-1", n)
            counts[a] += 1
            same += a == replica_number(f"s{i:03}", "b-1", n)
        assert max(counts) - min(counts) < 0.35 * 800 / n
        assert abs(same / 800 - 1 / n) < 0.06  # items are independent
