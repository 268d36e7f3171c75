"""Hidden suite of `neuron`.

Sizes differ wherever a mix-up of axes must show, and agree (4, 4) where only the values can
betray it. `part` keeps inputs, weights and bias away from 0, so that no slip is invisible.
The tests titled "one input" have D = 1, w = 1, b = 0: they pay for the activation even
where the weighted sum is wrong.
"""

import numpy as np

from autograder.testing import Tolerance, case, properties

FOUR_DECIMALS = Tolerance(rtol=0.0, atol=6e-5)


def part(rng, *shape):
    """Numbers with magnitudes between 0.3 and 2; at least one of each sign where there are two."""
    signs = rng.choice([-1.0, 1.0], size=int(np.prod(shape)))
    if signs.size > 1:
        signs[rng.choice(signs.size, size=2, replace=False)] = [-1.0, 1.0]
    return rng.uniform(0.3, 2, size=shape) * signs.reshape(shape)


def relu(u):
    return np.maximum(u, 0)


def tanh(u):
    return np.tanh(u)


def sigmoid(u):
    return 1 / (1 + np.exp(-np.asarray(u)))


def doubled_plus_one(u):
    return 2 * np.asarray(u) + 1


def squared(u):
    return np.asarray(u) ** 2


def both_sides(rng, n, d):
    """x, w, b whose sums are above 0.5 in even rows and below -0.5 in odd rows.

    Within a row, products of both signs occur: the first has the opposite sign of the sum.
    """
    w = part(rng, d)
    sums = rng.uniform(0.5, 2, size=n) * np.where(np.arange(n) % 2 == 0, 1.0, -1.0)
    b = float(rng.uniform(0.5, 1.5))
    products = np.abs(part(rng, n, d)) * np.sign(sums)[:, None]
    products[:, 0] *= -1
    products[:, -1] += sums - b - products.sum(axis=1)
    return products / w, w, b


def one_sample(x, *others):
    """A sample as a vector and as a batch of one."""
    return (x, *others), (x[None], *others)


def number(rng):
    return float(part(rng))


def below(rng, d):
    """x, w, b of one sample whose sum is below -0.5: what cuts or turns negative sums shows."""
    x, w, b = both_sides(rng, 2, d)
    return x[1], w, b


@case("sum", en="the weighted sum of one sample", ja="1 サンプルの重み付き和")
def test_sum(either, rng):
    for d in (3, 4):
        either("preactivation", *one_sample(*below(rng, d)), tol=FOUR_DECIMALS)


@case("sum", en="the bias alone", ja="バイアスだけの場合")
def test_bias_alone(either, rng):
    either("preactivation", *one_sample(np.zeros(4), part(rng, 4), float(rng.uniform(1, 3))), tol=FOUR_DECIMALS)


@case("sum", en="a negative bias", ja="負のバイアス")
def test_negative_bias(either, rng):
    w = part(rng, 4)
    either(
        "preactivation", *one_sample(-w * rng.uniform(0.5, 2, size=4), w, -float(rng.uniform(1, 3))), tol=FOUR_DECIMALS
    )


@case("sum", en="a negative sum", ja="負の合計")
def test_negative_sum(either, rng):
    w = part(rng, 3)
    either("preactivation", *one_sample(-w * rng.uniform(1, 2, size=3), w, -0.25), tol=FOUR_DECIMALS)


@case("sum", en="a large sum", ja="大きな合計")
def test_large_sum(either, rng):
    w = part(rng, 3)
    either("preactivation", *one_sample(w * rng.uniform(20, 40, size=3), w, number(rng)), tol=FOUR_DECIMALS)


@case("sum", en="one, two and many inputs", ja="入力が 1 個、2 個、多数の場合")
def test_number_of_inputs(either, rng):
    for d in (50, 2, 1):  # with one input, sum, mean and last product are all the same
        either("preactivation", *one_sample(*below(rng, d)), tol=FOUR_DECIMALS)


@properties.one_sample("preactivation", "sum_vector", tol=FOUR_DECIMALS)
def test_vector(rng):
    return below(rng, 3)


@case("sum_batch", en="a batch of samples", ja="複数のサンプル")
def test_batch(agree, rng):
    agree("preactivation", part(rng, 5, 3), part(rng, 3), number(rng), tol=FOUR_DECIMALS)


@case("sum_batch", en="as many samples as inputs", ja="サンプル数と入力数が同じ場合")
def test_square_batch(agree, rng):
    agree("preactivation", part(rng, 4, 4), part(rng, 4), number(rng), tol=FOUR_DECIMALS)


@case("sum_batch", en="batches of two samples and of one", ja="2 サンプルや 1 サンプルのバッチ")
def test_small_batches(agree, rng):
    for n in (2, 1):
        agree("preactivation", part(rng, n, 3), part(rng, 3), number(rng), tol=FOUR_DECIMALS)


@case("sum_axes", en="samples on several axes", ja="サンプルの軸が複数ある場合")
def test_several_sample_axes(agree, rng):
    agree("preactivation", part(rng, 2, 3, 4), part(rng, 4), number(rng), tol=FOUR_DECIMALS)
    agree("preactivation", part(rng, 2, 3, 2, 5), part(rng, 5), number(rng), tol=FOUR_DECIMALS)


@case("sum_digits", en="the result is not rounded", ja="結果を丸めない")
def test_all_digits(either, rng):
    either("preactivation", *one_sample(*below(rng, 3)))


@properties.lists("preactivation", "sum_kinds", tol=FOUR_DECIMALS)
def test_lists(rng):
    return [*one_sample(*below(rng, 3))]


@properties.integers("preactivation", "sum_kinds", tol=FOUR_DECIMALS)
def test_integers(rng):
    return [*one_sample(rng.integers(1, 9, size=4) * 1.0, np.array([-2.0, 1.0, -5.0, -4.0]), -7)]


@case("sum_kinds", en="preactivation: whole inputs, fractional weights", ja="preactivation：整数の入力と小数の重み")
def test_integer_inputs(either, rng):
    either(
        "preactivation",
        *one_sample(rng.integers(1, 9, size=4), np.array([-1.5, 0.5, -2.25, -0.75]), -(number(rng) ** 2)),
        tol=FOUR_DECIMALS,
    )


@case("sum_kinds", en="preactivation: integers of 8 bits", ja="preactivation：8 ビットの整数")
def test_small_integers(either, rng):
    x = rng.integers(5, 9, size=4).astype(np.uint8)
    either("preactivation", *one_sample(x, np.array([2, -3, 5, -40]), -7), tol=FOUR_DECIMALS)


@properties.views("preactivation", "sum_kinds", tol=FOUR_DECIMALS)
def test_views(rng):
    return [*one_sample(*below(rng, 4))]


@properties.float32("preactivation", "sum_kinds")
def test_float32(rng):
    return [*one_sample(*below(rng, 4))]


@properties.unchanged("preactivation", "sum_unchanged", tol=FOUR_DECIMALS)
def test_unchanged(rng):
    return [*one_sample(*below(rng, 4))]


@case("activation", en="ReLU of a positive and of a negative sum", ja="ReLU（合計が正の場合と負の場合）")
def test_relu_neuron(either, rng):
    x, w, b = both_sides(rng, 2, 4)
    for row in x:
        either("neuron", *one_sample(row, w, b, relu), tol=FOUR_DECIMALS)


@case("activation", en="smooth activations", ja="滑らかな活性化関数")
def test_smooth_neuron(either, rng):
    for activation in (tanh, sigmoid):
        x, w, b = both_sides(rng, 2, 3)
        for row in x:
            either("neuron", *one_sample(row, w, b, activation), tol=FOUR_DECIMALS)


@case("activation", en="an activation that shows how often it is applied", ja="適用した回数で値が変わる活性化関数")
def test_applied_once(either, rng):
    for activation in (doubled_plus_one, squared):
        x, w, b = both_sides(rng, 2, 3)
        for row in x:
            either("neuron", *one_sample(row, w, b, activation), tol=FOUR_DECIMALS)


@case("activation", en="one input: the given function is used", ja="入力が 1 個（渡された関数を使う）")
def test_given_function_is_used(either, rng):
    for activation in (tanh, squared):
        either("neuron", *one_sample(-rng.uniform(0.3, 2, size=1), np.array([1.0]), 0.0, activation), tol=FOUR_DECIMALS)


@case("activation", en="one input: applied once", ja="入力が 1 個（適用は 1 回）")
def test_one_input_applied_once(either, rng):
    either(
        "neuron", *one_sample(-rng.uniform(0.3, 2, size=1), np.array([1.0]), 0.0, doubled_plus_one), tol=FOUR_DECIMALS
    )


@case("neuron_vector", en="neuron: one sample", ja="neuron：1 サンプル")
def test_neuron_of_a_vector(agree, rng):
    x, w, b = both_sides(rng, 2, 3)
    for row in x:
        agree("neuron", row, w, b, tanh, tol=FOUR_DECIMALS)


@case("neuron_batch", en="a batch of samples", ja="複数のサンプル")
def test_neuron_of_a_batch(agree, rng):
    agree("neuron", *both_sides(rng, 5, 3), tanh, tol=FOUR_DECIMALS)


@case("neuron_batch", en="as many samples as inputs", ja="サンプル数と入力数が同じ場合")
def test_neuron_of_a_square_batch(agree, rng):
    agree("neuron", *both_sides(rng, 4, 4), doubled_plus_one, tol=FOUR_DECIMALS)


@case("neuron_axes", en="samples on several axes", ja="サンプルの軸が複数あるニューロン")
def test_neuron_of_many_axes(agree, rng):
    agree("neuron", part(rng, 2, 3, 4), part(rng, 4), number(rng), tanh, tol=FOUR_DECIMALS)


@case("neuron_kinds", en="neuron: lists", ja="neuron：リスト")
def test_neuron_of_lists(either, rng):
    x, w, b = below(rng, 3)
    either("neuron", (x.tolist(), w.tolist(), b, tanh), ([x.tolist()], w.tolist(), b, tanh), tol=FOUR_DECIMALS)


@properties.integers("neuron", "neuron_kinds", tol=FOUR_DECIMALS)
def test_neuron_of_integers(rng):
    return [*one_sample(rng.integers(1, 9, size=3) * 1.0, np.array([-1.0, 0.0, -2.0]), 1, doubled_plus_one)]


@properties.views("neuron", "neuron_kinds", tol=FOUR_DECIMALS)
def test_neuron_of_views(rng):
    return [*one_sample(*below(rng, 4), tanh)]


@properties.unchanged("neuron", "neuron_unchanged", tol=FOUR_DECIMALS)
def test_neuron_unchanged(rng):
    x, w, b = both_sides(rng, 2, 4)
    return [*one_sample(x[0], w, b, relu)]
