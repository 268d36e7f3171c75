"""Hidden suite of `relu`. Each test calls only one of the two functions.

Values and slopes are asked for a vector or for a matrix of one row, whichever the code takes. Their
numbers are multiples of 1/4 and begin with a positive one: rounding, single precision, and
``np.vectorize``, which takes its type from the first result, are asked about by themselves.
"""

import numpy as np

from autograder.testing import case, properties


def numbers(rng, low, high, count):
    """Multiples of 1/4 from `low` to below `high`."""
    return rng.integers(round(4 * low), round(4 * high), size=count) / 4


def both_signs(rng, *shape):
    """Multiples of 1/4 of both signs, a quarter of them each: 1/4, 3/4, or from 7 to 9. The first is positive."""
    count = int(np.prod(shape))
    small = np.where(np.arange(count) % 8 < 4, 0.25, 0.75)
    sizes = np.where(np.arange(count) % 2 == 0, small, numbers(rng, 7, 9, count))
    values = rng.permutation(np.where(np.arange(count) % 4 < 2, -sizes, sizes))
    first = int(np.argmax(values > 0))
    values[[0, first]] = values[[first, 0]]
    return values.reshape(shape)


def one_other(values):
    """The same with one element of the other sign, so that no constant and no copy is right; the first is positive."""
    values[0 if values[0] < 0 else 1] = -7.5 * np.sign(values[0])
    return values


def forms(x):
    return (x,), (x[np.newaxis],)


@case("relu", en="negative inputs", ja="負の入力")
def test_negative_is_zero(either, rng):
    either("relu", *forms(one_other(-np.append(numbers(rng, 0.5, 5, 8), 0.25))))


@case("relu", en="positive inputs below 1", ja="1 より小さい正の入力")
def test_small_positive_values_pass_through(either, rng):
    either("relu", *forms(one_other(np.append(numbers(rng, 0.25, 1, 6), [0.25, 0.75]))))


@case("relu", en="large positive inputs", ja="大きな正の入力")
def test_large_values_pass_through(either, rng):
    either("relu", *forms(one_other(numbers(rng, 20, 90, 7))))
    either("relu", *forms(one_other(numbers(rng, 200000, 900000, 6))))


@case("relu", en="inputs of both signs", ja="正負が混ざった入力")
def test_both_signs(either, rng):
    either("relu", *forms(both_signs(rng, 9)))


@case("relu", en="zeros among the inputs", ja="0 を含む入力")
def test_zero_stays_zero(either, rng):
    either("relu", *forms(np.insert(both_signs(rng, 8), [2, 5], 0.0)))


@case("relu_shapes", en="relu: a vector", ja="relu：ベクトル")
def test_vector(agree, rng):
    agree("relu", both_signs(rng, 9))


@case("relu_shapes", en="relu: a matrix", ja="relu：行列")
def test_matrix(agree, rng):
    agree("relu", both_signs(rng, 4, 5))


@case("relu_shapes", en="relu: three axes and more", ja="relu：3 次元以上の配列")
def test_many_axes(agree, rng):
    agree("relu", both_signs(rng, 2, 3, 4))
    agree("relu", both_signs(rng, 2, 3, 1, 4))


@case("relu_kinds", en="relu: a single number", ja="relu：1 つの数")
def test_number(agree, rng):
    size = float(rng.integers(1, 3)) + 0.25
    agree("relu", size)
    agree("relu", -size)


@properties.lists("relu", "relu_kinds")
def test_lists(rng):
    return both_signs(rng, 6)


@properties.integers("relu", "relu_kinds")
def test_integers(rng):
    return rng.permutation(np.array([-7.0, -2.0, 0.0, 1.0, 4.0, 30.0]))


@case("relu_kinds", en="relu: unsigned integers of 8 bits", ja="relu：8 ビットの符号なし整数")
def test_unsigned(agree, rng):
    agree("relu", both_signs(rng, 8))  # unsigned numbers alone pass through unchanged
    agree("relu", rng.permutation(np.array([0, 1, 60, 127, 128, 201, 255], dtype=np.uint8)))


@properties.views("relu", "relu_kinds")
def test_views(rng):
    x = both_signs(rng, 4, 5)
    return [(x,), (x.ravel(),)]


@case("relu_kinds", en="relu: a negative number first", ja="relu：先頭が負の数")
def test_negative_first(either, rng):
    either("relu", *forms(np.concatenate([[-0.5], both_signs(rng, 6)])))


@case("relu_kinds", en="relu: all digits are kept", ja="relu：丸めない")
def test_all_digits(either, rng):
    either("relu", *forms(rng.uniform(0.1, 0.4, size=6) * [1, 1, -1, 1, -1, 1]))


@properties.unchanged("relu", "relu_unchanged")
def test_unchanged(rng):
    return [*forms(both_signs(rng, 8))]


@case("relu_empty", en="relu: an empty array", ja="relu：空の配列")
def test_empty(agree, rng):
    agree("relu", both_signs(rng, 8))  # what answers nothing to everything is not right
    agree("relu", np.zeros(0))


@case("slope", en="slope for negative inputs", ja="負の入力での傾き")
def test_slope_of_negative_inputs(either, rng):
    either("relu_grad", *forms(one_other(-np.append(numbers(rng, 0.5, 5, 8), 0.25))))


@case("slope", en="slope for positive inputs below 1", ja="1 より小さい正の入力での傾き")
def test_slope_of_small_inputs(either, rng):
    either("relu_grad", *forms(one_other(np.append(numbers(rng, 0.25, 1, 6), [0.25, 0.75]))))


@case("slope", en="slope for large positive inputs", ja="大きな正の入力での傾き")
def test_slope_of_large_inputs(either, rng):
    either("relu_grad", *forms(one_other(numbers(rng, 2, 90, 6))))


@case("slope", en="slope on both sides of 0", ja="0 の両側での傾き")
def test_slope_of_both_signs(either, rng):
    either("relu_grad", *forms(both_signs(rng, 9)))


@case("slope_at_zero", en="slope at exactly 0", ja="ちょうど 0 での傾き")
def test_slope_at_zero(either):
    either("relu_grad", *forms(np.array([3.0, 0.0, -2.0, 0.0])))


@case("slope_shapes", en="relu_grad: a vector", ja="relu_grad：ベクトル")
def test_slope_of_a_vector(agree, rng):
    agree("relu_grad", both_signs(rng, 9))


@case("slope_shapes", en="relu_grad: a matrix", ja="relu_grad：行列")
def test_slope_of_a_matrix(agree, rng):
    agree("relu_grad", both_signs(rng, 4, 5))


@case("slope_shapes", en="relu_grad: three axes", ja="relu_grad：3 次元配列")
def test_slope_of_three_axes(agree, rng):
    agree("relu_grad", both_signs(rng, 2, 3, 4))


@case("slope_kinds", en="relu_grad: a single number", ja="relu_grad：1 つの数")
def test_slope_at_a_number(agree, rng):
    size = float(rng.integers(1, 3)) + 0.25
    agree("relu_grad", size)
    agree("relu_grad", -size)


@properties.lists("relu_grad", "slope_kinds")
def test_slope_of_lists(rng):
    return both_signs(rng, 6)


@properties.integers("relu_grad", "slope_kinds")
def test_slope_of_integers(rng):
    return rng.permutation(np.array([-3.0, 2.0, 5.0, -1.0, 9.0]))


@case("slope_kinds", en="relu_grad: unsigned integers of 8 bits", ja="relu_grad：8 ビットの符号なし整数")
def test_slope_of_unsigned(agree, rng):
    agree("relu_grad", both_signs(rng, 8))  # unsigned numbers alone have slope 1
    agree("relu_grad", rng.permutation(np.array([1, 7, 128, 200], dtype=np.uint8)))


@properties.views("relu_grad", "slope_kinds")
def test_slope_of_views(rng):
    x = both_signs(rng, 4, 5)
    return [(x,), (x.ravel(),)]


@properties.unchanged("relu_grad", "slope_unchanged")
def test_slope_unchanged(rng):
    return [*forms(both_signs(rng, 8))]


@case("slope_empty", en="relu_grad: an empty array", ja="relu_grad：空の配列")
def test_slope_of_nothing(agree, rng):
    agree("relu_grad", both_signs(rng, 8))  # what answers nothing to everything is not right
    agree("relu_grad", np.zeros(0))
