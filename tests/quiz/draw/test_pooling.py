"""An answer has the same key in every variant, so that a class can be counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.quiz.answer.score import score
from autograder.quiz.draw.draw import replicas
from autograder.quiz.draw.pooling import describe, is_unforeseen, picks
from autograder.quiz.draw.replica import Choices, Cloze, Match, Order
from autograder.quiz.proof.lint import wrong_answers
from autograder.quiz.proof.solve import right_answer
from autograder.quiz.source.items import load_quiz

SAMPLE = load_quiz(Path(__file__).parents[1] / "sample.yaml")
VARIANTS = {item.id: replicas(item, SAMPLE.replicas) for item in SAMPLE.items}
BANK = {
    f"{path.stem}/{item.id}": replicas(item, 5)
    for path in sorted((Path(__file__).parents[3] / "solutions" / "quizzes").glob("*.yaml"))
    for item in load_quiz(path).items
}


def keys(item: str, raw, n: int = 0):
    return picks(VARIANTS[item], VARIANTS[item][n], raw)


@pytest.mark.parametrize("item", [*VARIANTS, *BANK])
def test_right_answers_have_the_same_keys_in_all_variants_and_are_described_as_right(item):
    variants = VARIANTS.get(item) or BANK[item]
    right = {answer.key for answer in describe(variants, {}).answers if answer.right}
    given = [picks(variants, replica, right_answer(replica)) for replica in variants]
    assert {frozenset(g) for g in given} == {frozenset(right)}


@pytest.mark.parametrize("item", [*VARIANTS, *BANK])
def test_every_foreseen_wrong_answer_is_described_by_its_misconception(item):
    variants = VARIANTS.get(item) or BANK[item]
    described = {answer.key: answer for answer in describe(variants, {}).answers}
    for replica in variants:
        for where, _, raw, remark in wrong_answers(replica.body):
            answer = {where[1]: raw} if isinstance(replica.body, Cloze) else raw
            found = picks(variants, replica, answer)
            assert len(found) == 1
            assert described[found[0]].misconception == remark.misconception
            assert not described[found[0]].right


def test_an_option_of_a_multi_is_known_by_what_it_says():
    variants = VARIANTS["s-multi"]
    assert len({tuple(c.text.en for c in v.body.choices) for v in variants}) > 1
    texts = {a.key: a.text.en for a in describe(variants, {}).answers}
    for replica in variants:
        assert isinstance(replica.body, Choices)
        for choice in replica.body.choices:
            (key,) = picks(variants, replica, choice.id)
            assert texts[key] == choice.text.en
    assert picks(variants, variants[0], "none") == ("none",)
    assert len(picks(variants, variants[0], "a, c, d")) == 3


def test_equal_rights_of_a_match_are_both_right():
    for replica in VARIANTS["s-match"]:
        body = replica.body
        assert isinstance(body, Match)
        key = dict(body.key)
        swapped = {"a": key["b"], "b": key["a"], "c": key["c"]}
        assert score(replica, swapped).credit == 1
        assert picks(VARIANTS["s-match"], replica, swapped) == ("pair:a-a", "pair:b-b", "pair:c-c")
        extra = next(n for n, text in body.rights if text.en == "tables")
        assert picks(VARIANTS["s-match"], replica, {"c": extra}) == ("pair:c-x",)


def test_a_wrong_order_is_told_by_places():
    for replica in VARIANTS["s-order"]:
        assert isinstance(replica.body, Order)
        a, b, c, d = replica.body.solution
        assert picks(VARIANTS["s-order"], replica, [b, a, c, d]) == ("order:2-1-3-4",)


def test_another_order_that_the_steps_allow_is_right():
    replica = VARIANTS["s-dag"][0]
    a, b, *rest = replica.body.solution
    assert picks(VARIANTS["s-dag"], replica, [b, a, *rest]) == ("right",)


@pytest.mark.parametrize("item", VARIANTS)
@pytest.mark.parametrize("raw", [None, "", "  "])
def test_no_answer_has_no_key(item, raw):
    assert keys(item, raw) == ()


def test_what_cannot_be_read_and_what_nobody_foresaw_is_to_be_shown():
    assert keys("s-numeric", "about two") == ("unread",)
    assert keys("s-numeric", "12345") == ("other",)
    assert all(map(is_unforeseen, ("unread", "other", "1/other", "gap/unread")))
    assert not any(map(is_unforeseen, ("right", "wrong:other", "1/right", "option:2")))


def test_a_text_that_differs_between_variants_is_left_out():
    right = {a.key: a for a in describe(VARIANTS["s-numeric"], {}).answers}["right"]
    assert right.text.en == right.text.ja == ""
