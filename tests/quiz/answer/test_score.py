"""An answer is worth what its rule says, exactly; guessing everything or nothing is worth nothing."""

from __future__ import annotations

from fractions import Fraction as F
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.quiz.answer.score import multi_credit, score
from autograder.quiz.draw.draw import draw, replicas
from autograder.quiz.draw.replica import Choices, Cloze, Match, Number, Order, Replica, Shape, WrongLine
from autograder.quiz.proof.solve import right_answer
from autograder.quiz.source.items import load_quiz

QUIZ = load_quiz(Path(__file__).parents[1] / "sample.yaml")
ITEMS = {item.id: item for item in QUIZ.items}
ALL = [r for item in QUIZ.items for r in replicas(item, 6)]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=8,
)


def first(name: str) -> Replica:
    return draw(ITEMS[name], 0)


def letter(replica: Replica, text: str) -> str:
    assert isinstance(replica.body, Choices)
    return next(c.id for c in replica.body.choices if c.text.en == text)


@pytest.mark.parametrize("replica", ALL, ids=lambda r: f"{r.item}-{r.number}")
def test_the_right_answer_gets_full_marks(replica):
    outcome = score(replica, right_answer(replica))
    assert outcome.credit == 1
    assert outcome.problem is None
    assert outcome.misconception is None


@pytest.mark.parametrize("replica", ALL, ids=lambda r: f"{r.item}-{r.number}")
@pytest.mark.parametrize("raw", [None, "", "  ", {}])
def test_no_answer_is_worth_nothing_and_is_no_mistake(replica, raw):
    outcome = score(replica, raw)
    assert (outcome.credit, outcome.response, outcome.problem) == (0, "", None)


@given(st.sampled_from(ALL), JSON)
def test_no_answer_breaks_the_scoring(replica, raw):
    outcome = score(replica, raw)
    assert 0 <= outcome.credit <= 1
    assert len(outcome.response) <= 400
    if outcome.problem is not None:
        assert outcome.problem.en
        assert outcome.problem.ja


def test_a_wrong_option_has_its_credit_and_its_cause():
    r = first("s-single")
    wrong = next(c for c in r.body.choices if c.remark.misconception == "absolute")
    for typed in (
        wrong.id,
        wrong.id.upper(),
        f"({wrong.id})",
        f" {wrong.id}. ",
        [wrong.id],
        chr(ord(wrong.id) + 0xFEE0),
    ):
        outcome = score(r, typed)
        assert (outcome.credit, outcome.misconception, outcome.response) == (F(1, 4), "absolute", wrong.id)
        assert outcome.feedback.en == "Is it |x|?"


@pytest.mark.parametrize("raw", ["z", "ab", "1", 3, ["a", "b"], "日", True, {"a": 1}, "none"])
def test_what_names_no_single_option_is_refused_with_advice(raw):
    outcome = score(first("s-single"), raw)
    assert outcome.credit == 0
    assert outcome.problem is not None


class TestMulti:
    @given(st.sampled_from(["off", "net", "coverage", "each"]), st.integers(1, 8), st.integers(1, 8))
    def test_ticking_everything_or_nothing_does_not_pay(self, rule, right, wrong):
        assert multi_credit(rule, right, 0, right, wrong) == 1
        assert multi_credit(rule, right, wrong, right, wrong) == 0
        assert multi_credit(rule, 0, 0, right, wrong) == 0

    @given(st.sampled_from(["net", "coverage", "each"]), st.integers(1, 6), st.integers(1, 6), st.data())
    def test_a_right_tick_more_never_costs_and_a_wrong_one_never_pays(self, rule, all_right, all_wrong, data):
        r, w = data.draw(st.integers(0, all_right - 1)), data.draw(st.integers(0, all_wrong - 1))
        now = multi_credit(rule, r, w, all_right, all_wrong)
        assert 0 <= now <= 1
        assert multi_credit(rule, r + 1, w, all_right, all_wrong) >= now
        assert multi_credit(rule, r, w + 1, all_right, all_wrong) <= now

    def test_the_rules_by_hand(self):
        # 2 right of 5; one right and one wrong ticked
        assert multi_credit("net", 1, 1, 2, 3) == F(1, 2) - F(1, 3)
        assert multi_credit("each", 1, 1, 2, 3) == 0  # 3 of 5 judged rightly, as by ticking nothing
        assert multi_credit("each", 1, 0, 2, 3) == F(1, 2)  # 4/5 on the scale from 3/5 to 1
        assert multi_credit("coverage", 1, 0, 2, 3) == (F(1, 2) - F(2, 5)) / F(3, 5)
        assert multi_credit("off", 1, 0, 2, 3) == 0

    def test_ticks_are_read_in_any_form(self):
        r = first("s-multi")
        a, b = letter(r, "tanh"), letter(r, "ReLU")
        for typed in ([a, b], f"{b},{a}", f"{a}{b}", f"{a}、{b}", f"[{a}, {b}]", f"{a} and {b}", f"{a}と{b}"):
            assert score(r, typed).response == ",".join(sorted((a, b)))
        assert score(r, []).response == "none"
        assert score(r, "none").problem is None


def test_a_number_is_right_within_the_tolerance_and_a_distractor_named():
    r = first("s-numeric")
    assert isinstance(r.body, Number)
    wrong, _ = r.body.distractors[0]
    assert score(r, r.body.value * 1.0009 + 1e-12).credit == 1
    assert score(r, r.body.value + 0.05).credit == 0
    outcome = score(r, f"{wrong:.6f}".replace(".", ","))
    assert (outcome.credit, outcome.misconception) == (F(1, 2), "ascent")


def test_the_edge_of_a_tolerance_counts():
    body = Number(1 / 3, 0.0, 1e-3)
    replica = Replica("x", 0, "numeric", F(1), first("s-short").stem, body)
    assert score(replica, "0.333").credit == 1
    assert score(replica, "0.33").credit == 0


def test_a_shape_pays_each_axis_but_not_another_number_of_axes():
    r = first("s-shape")
    assert isinstance(r.body, Shape)
    h = r.body.value[0]
    assert score(r, f"({h}, {h + 7})").credit == F(1, 2)
    assert score(r, f"({h}, {h}, 1)").credit == 0
    assert score(r, f"{h + 1}x{h + 1}").misconception == "one-more"
    assert score(r, str(h)).credit == 0


def test_pairs_pay_each_and_equal_rights_are_as_good():
    r = first("s-match")
    assert isinstance(r.body, Match)
    key = dict(r.body.key)
    swapped = {"a": key["b"], "b": key["a"], "c": key["c"]}
    assert score(r, swapped).credit == 1
    assert score(r, {"a": key["a"]}).credit == F(1, 3)
    assert score(r, f"a-{key['a']}, b:{key['b']} c={key['c']}").credit == 1
    assert score(r, f"ａ：{key['a']}、c→{key['c']}").credit == F(2, 3)
    for bad in ("a: 9", "a1 a2", "z: 1", "a", "1: a", [1, 2], "a: x"):
        assert score(r, bad).problem is not None


def test_an_order_pays_the_pairs_beyond_chance():
    r = first("s-order")
    assert isinstance(r.body, Order)
    right = list(r.body.solution)
    assert score(r, right).credit == 1
    assert score(r, right[::-1]).credit == 0
    assert score(r, [right[1], right[0], *right[2:]]).credit == 2 * F(5, 6) - 1
    assert score(r, " > ".join(right)).credit == 1
    assert score(r, "→".join(right)).credit == 1
    assert "missing" in score(r, right[:2]).problem.en


def test_any_order_that_respects_the_graph_is_right():
    r = first("s-dag")
    assert isinstance(r.body, Order)
    wash, peel, cook, eat = r.body.solution
    assert score(r, [peel, wash, cook, eat]).credit == 1
    assert score(r, [cook, wash, peel, eat]).credit == 2 * F(3, 5) - 1


def test_gaps_are_scored_each_by_its_type():
    r = first("s-cloze")
    assert isinstance(r.body, Cloze)
    right = right_answer(r)
    assert score(r, {1: right["1"]}).credit == F(1, 2)
    assert score(r, f"1: {right['1']}; 2: {right['2']}").credit == 1
    assert score(r, f"1: {right['1']}\n2： {right['2']}").credit == 1
    assert score(r, [right["1"], "?"]).problem.en.startswith("[2] ")
    assert score(r, {"3": "a"}).problem is not None


@pytest.mark.parametrize(
    "typed", ["Back-Propagation", "backprop", " ｂａｃｋｐｒｏｐ。", "誤差逆伝播法", "「逆伝播」", "back prop!"]
)
def test_short_answers_do_not_depend_on_manners_of_writing(typed):
    assert score(first("s-short"), typed).credit == 1


def test_a_short_answer_that_is_a_distractor_is_named():
    assert score(first("s-short"), "順伝播").misconception == "forward"


def test_printed_numbers_are_compared_as_numbers_unless_the_author_tells_them_apart():
    r = first("s-output")
    a = int(r.code.splitlines()[0].split("=")[1])
    assert score(r, f"{a / 2:.2f}   [{a}]").credit == 1
    assert score(r, f"{a // 2} [{a}]").misconception == "floor"
    assert score(r, f"{a / 2}").credit == 0


def test_a_line_is_named_in_any_form():
    r = first("s-bug")
    assert isinstance(r.body, WrongLine)
    for typed in (2, "2", "line 2", "２行目", "L2"):
        assert score(r, typed).credit == 1
    assert score(r, 1).misconception == "header"
    assert score(r, "two").problem is not None
