"""The numbers of the class page, against numpy and by hand."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from autograder.report.statistics import correlation, histogram, median


def test_median_of_an_even_class_lies_between_the_middle_two():
    assert median([Fraction(3), Fraction(1), Fraction(2), Fraction(10)]) == Fraction(5, 2)
    assert median([Fraction(3), Fraction(1), Fraction(2)]) == 2
    assert median([]) is None


def test_histogram_puts_full_marks_into_the_last_tenth():
    assert histogram([Fraction(0), Fraction(1, 10), Fraction(99, 100), Fraction(1)]) == [1, 1, 0, 0, 0, 0, 0, 0, 0, 2]


def test_correlation_agrees_with_numpy():
    x, y = np.random.default_rng(3).normal(size=(2, 40))
    assert correlation(list(x), list(y)) == pytest.approx(np.corrcoef(x, y)[0, 1])


def test_correlation_says_nothing_of_few_students_or_of_a_constant():
    assert correlation([1.0] * 5 + [0.0] * 4, [float(i) for i in range(9)]) is None
    assert correlation([0.1] * 20, [float(i) for i in range(20)]) is None
