"""Checks of the sample exercise `softmax`."""

import numpy as np
import pytest

from autograder.testing import case


@case("softmax", en="equal scores", ja="等しい得点")
@pytest.mark.parametrize("k", [2, 4])
def test_equal_scores(student, expect, k):
    expect(student.softmax(np.zeros(k)), np.full(k, 1 / k))


@case("softmax", en="sums to 1", ja="合計は 1")
def test_sums_to_one(student, rng):
    assert abs(np.sum(student.softmax(rng.normal(size=5))) - 1) < 1e-9
