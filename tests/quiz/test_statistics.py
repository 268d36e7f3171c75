"""The figures of a quiz: by hand on ten students, against pingouin on eighty, and by their properties."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from autograder.quiz.reliability import alpha_interval, cronbach_alpha
from autograder.quiz.statistics import ItemAnswers, correlation, fairness, quiz_statistics, upper_lower

# Ten students, three items of a point each; totals 3 3 2 2 2 1 1 1 0 0.
SMALL = np.array(
    [[1, 1, 1], [1, 1, 1], [1, 1, 0], [1, 0, 1], [1, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0], [0, 0, 0]],
    dtype=float,
)
# Made by make_reliability.py, which says how.
FIGURES = json.loads(Path(__file__).with_name("reliability.json").read_text(encoding="utf-8"))


def answers(shares: np.ndarray, weight: float = 1.0, picks=None, variants=None) -> ItemAnswers:
    item = ItemAnswers(weight)
    for i, share in enumerate(shares):
        item.add(i, float(share), picks[i] if picks else (), None if variants is None else int(variants[i]))
    return item


def quiz(matrix: np.ndarray, weights=None):
    weights = [1.0] * matrix.shape[1] if weights is None else weights
    return quiz_statistics({f"i{j}": answers(matrix[:, j], weights[j]) for j in range(matrix.shape[1])})


class TestByHand:
    def test_facility_is_the_mean_share(self):
        found = quiz(SMALL)
        assert [found.items[i].facility for i in ("i0", "i1", "i2")] == pytest.approx([0.6, 0.5, 0.4])
        assert found.students == 10
        assert found.mean == pytest.approx(15 / 30)

    def test_item_rest_leaves_the_item_itself_out(self):
        # Rest of the first item: 2 2 1 1 1 0 1 1 0 0, mean 0.9, variance 1.3 - 0.81 = 0.49; the
        # item's variance 0.6 * 0.4 = 0.24; mean product 0.7, covariance 0.7 - 0.6 * 0.9 = 0.16.
        assert quiz(SMALL).items["i0"].item_rest == pytest.approx(0.16 / math.sqrt(0.24 * 0.49))

    def test_a_border_among_equal_totals_is_shared(self):
        # 27 % are 2.7 students. Best: both threes and 0.7 of the three twos, who all solved the
        # first item: 1. Weakest: both zeros and 0.7 of the three ones, of whom one did: 0.7 / 3.
        assert quiz(SMALL).items["i0"].discrimination == pytest.approx(1 - 0.7 / 3 / 2.7)
        # Second item: of the twos two did, of the ones one.
        assert quiz(SMALL).items["i1"].discrimination == pytest.approx((2 + 1.4 / 3) / 2.7 - 0.7 / 3 / 2.7)

    def test_kr_20(self):
        # 3/2 * (1 - (0.24 + 0.25 + 0.24) / 1.05), the totals' variance being 3.3 - 1.5 ** 2.
        assert cronbach_alpha(SMALL) == pytest.approx(1.5 * (1 - 0.73 / 1.05))

    def test_picks_are_counted_with_their_point_biserial(self):
        picks = [("right",)] * 6 + [("wrong:x",)] * 3 + [()]
        found = quiz_statistics(
            {"a": answers(SMALL[:, 0], picks=picks), "b": answers(SMALL[:, 1]), "c": answers(SMALL[:, 2])}
        ).items["a"]
        assert [(p.key, p.count, p.share) for p in found.picks] == [("right", 6, 0.6), ("wrong:x", 3, 0.3)]
        # Giving x: students 7, 8, 9 with rests 1 1 0; covariance 0.2 - 0.3 * 0.9 = -0.07.
        assert found.picks[1].correlation == pytest.approx(-0.07 / math.sqrt(0.21 * 0.49))
        assert found.picks[0].correlation == found.item_rest
        assert found.blank == 1

    def test_points_weigh_in_the_rest(self):
        rest = 5 * SMALL[:, 1] + SMALL[:, 2]
        found = quiz(SMALL, [1.0, 5.0, 1.0])
        assert found.items["i0"].item_rest == pytest.approx(np.corrcoef(SMALL[:, 0], rest)[0, 1])
        assert found.mean == pytest.approx((6 + 25 + 4) / 70)


class TestAgainstPingouin:
    shares = np.array(FIGURES["shares"])

    def test_items(self):
        found = quiz_statistics({name: answers(self.shares[:, j]) for j, name in enumerate("abcdef")})
        for name, expected in FIGURES["items"].items():
            assert found.items[name].facility == pytest.approx(expected["facility"], abs=1e-12)
            assert found.items[name].item_rest == pytest.approx(expected["item_rest"], abs=1e-12)
        assert found.alpha == pytest.approx(FIGURES["alpha"], abs=1e-12)

    def test_kr_20(self):
        assert cronbach_alpha(np.delete(self.shares, 4, axis=1)) == pytest.approx(FIGURES["kr20"], abs=1e-12)

    def test_the_bootstrap_interval_is_near_feldts(self):
        low, high = alpha_interval(self.shares, seed=1)
        assert low < FIGURES["alpha"] < high
        assert (low, high) == pytest.approx(FIGURES["feldt"], abs=0.07)


def test_the_interval_is_that_of_a_plain_bootstrap():
    shares = np.array(FIGURES["shares"])
    rng = np.random.default_rng(5)
    alphas = [cronbach_alpha(shares[rng.integers(0, len(shares), len(shares))]) for _ in range(4000)]
    assert alpha_interval(shares, seed=3, resamples=4000) == pytest.approx(np.percentile(alphas, [2.5, 97.5]), abs=0.02)


class TestSmallClasses:
    def test_no_reliability_below_thirty(self):
        shares = np.array(FIGURES["shares"])
        assert quiz(shares[:30]).alpha is not None
        few = quiz(shares[:29])
        assert few.alpha is None
        assert few.interval is None
        assert few.items["i0"].item_rest is not None

    def test_no_correlation_below_ten(self):
        found = quiz(SMALL[:9])
        assert found.items["i0"].item_rest is None
        assert found.items["i0"].discrimination is None

    def test_no_correlation_for_an_answer_of_two(self):
        picks = [("a",)] * 2 + [("b",)] * 8
        item = quiz_statistics({"a": answers(SMALL[:, 0], picks=picks), "b": answers(SMALL[:, 1])}).items["a"]
        assert [p.correlation for p in item.picks] == [None, None]

    @pytest.mark.parametrize("shape", [(0, 3), (1, 3), (5, 0), (40, 1)])
    def test_nothing_fails_where_there_is_little(self, shape):
        found = quiz(np.ones(shape))
        assert found.alpha is None
        assert all(item.item_rest is None and item.fairness is None for item in found.items.values())

    def test_all_right_has_no_alpha_and_no_correlation(self):
        found = quiz(np.ones((40, 4)))
        assert found.alpha is None
        assert found.interval is None
        assert found.items["i0"].facility == 1


class TestFairness:
    def test_large_classes_have_the_chi_square_test(self):
        rng = np.random.default_rng(3)
        variants = rng.integers(0, 4, 800)
        shares = (rng.random(800) < np.array([0.6, 0.6, 0.6, 0.68])[variants]).astype(float)
        table = [[((variants == v) & (shares == s)).sum() for v in range(4)] for s in (0, 1)]
        expected = chi2_contingency(table, correction=False).pvalue
        assert 0.01 < expected < 0.9
        assert fairness(shares, variants, np.random.default_rng(0)) == pytest.approx(expected, abs=0.04)

    def test_a_variant_that_nobody_solves_is_seen(self):
        variants = np.arange(60) % 6
        shares = (variants != 2).astype(float)
        assert fairness(shares, variants, np.random.default_rng(0)) <= 0.001

    def test_a_false_alarm_is_as_rare_as_it_says(self):
        rng = np.random.default_rng(11)
        ps = [fairness((rng.random(40) < 0.7) * 1.0, rng.integers(0, 8, 40), rng) for _ in range(150)]
        assert sum(p < 0.05 for p in ps) <= 16  # 7.5 expected; more than 16 once in 500
        assert 0.35 < np.mean(ps) < 0.7

    def test_one_variant_has_no_test(self):
        assert fairness(SMALL[:, 0], np.zeros(10, dtype=int), np.random.default_rng(0)) is None

    def test_variants_are_told_apart_and_pooled(self):
        found = quiz_statistics({"a": answers(SMALL[:, 0], variants=[0, 1] * 5)}).items["a"]
        assert [(v.variant, v.count, v.facility) for v in found.variants] == [(0, 5, 0.6), (1, 5, 0.6)]
        assert found.facility == 0.6


def test_who_was_not_asked_does_not_count():
    two = answers(SMALL[:, 1])
    late = ItemAnswers()
    for i in range(4):
        late.add(i, 1.0)
    found = quiz_statistics({"a": answers(SMALL[:, 0]), "b": two, "late": late})
    assert found.items["late"].count == 4
    assert found.items["late"].facility == 1


MATRICES = st.integers(10, 40).flatmap(
    lambda n: st.integers(2, 6).flatmap(
        lambda k: st.lists(
            st.lists(st.sampled_from([0, 0.25, 0.5, 1]), min_size=k, max_size=k), min_size=n, max_size=n
        ).map(np.array)
    )
)


@settings(max_examples=40, deadline=None)
@given(MATRICES, st.randoms(use_true_random=False))
def test_the_order_of_students_and_items_does_not_matter(matrix, random):
    rows, columns = list(range(matrix.shape[0])), list(range(matrix.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    first, second = quiz(matrix), quiz(matrix[rows][:, columns])
    assert second.alpha == pytest.approx(first.alpha) if first.alpha is not None else second.alpha is None
    for to, of in enumerate(columns):
        a, b = first.items[f"i{of}"], second.items[f"i{to}"]
        assert (b.facility, b.discrimination) == pytest.approx((a.facility, a.discrimination))
        assert b.item_rest == pytest.approx(a.item_rest) if a.item_rest is not None else b.item_rest is None


@settings(max_examples=60, deadline=None)
@given(MATRICES)
def test_figures_stay_within_their_bounds(matrix):
    found = quiz(matrix)
    for item in found.items.values():
        assert 0 <= item.facility <= 1
        assert item.item_rest is None or -1 - 1e-9 <= item.item_rest <= 1 + 1e-9
        assert -1 - 1e-9 <= item.discrimination <= 1 + 1e-9
    alpha = cronbach_alpha(matrix)
    assert alpha is None or alpha <= 1 + 1e-9


@settings(max_examples=40, deadline=None)
@given(MATRICES, st.sampled_from([0.1, 3.0, 10.0]))
def test_alpha_does_not_depend_on_the_unit(matrix, scale):
    alpha, scaled = cronbach_alpha(matrix), cronbach_alpha(matrix * scale)
    assert (alpha is None) == (scaled is None)
    assert alpha is None or scaled == pytest.approx(alpha)


@settings(max_examples=60, deadline=None)
@given(MATRICES)
def test_correlation_is_numpys(matrix):
    x, y = matrix[:, 0], matrix[:, 1:].sum(axis=1)
    if np.ptp(x) and np.ptp(y):
        assert correlation(x, y) == pytest.approx(np.corrcoef(x, y)[0, 1])


@settings(max_examples=60, deadline=None)
@given(MATRICES)
def test_without_ties_upper_lower_is_the_mean_of_the_sorted_ends(matrix):
    totals = matrix.sum(axis=1) + np.arange(len(matrix)) * 1e-3
    n = len(matrix)
    whole = int(0.27 * n)
    weights = np.zeros(n)
    weights[:whole], weights[whole] = 1, 0.27 * n - whole
    by_total = matrix[np.argsort(totals), 0]
    expected = (by_total[::-1] @ weights - by_total @ weights) / (0.27 * n)
    assert upper_lower(matrix[:, 0], totals) == pytest.approx(expected)
