"""Hidden suite of `neuron`.

Sizes differ wherever a mix-up of axes must show, and agree (4, 4) where only the values can
betray it. `part` keeps inputs, weights and bias away from 0, so that no slip is invisible.
The tests titled "one input" have D = 1, w = 1, b = 0: they pay for the activation even
where the weighted sum is wrong.
"""

import numpy as np

from autograder.testing import FLOAT32, case


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


@case("sum", en="one sample", ja="1 サンプル")
def test_one_sample(agree, rng):
    agree("preactivation", part(rng, 3), part(rng, 3), float(part(rng)))


@case("sum", en="a batch of samples, also of two and of one", ja="複数のサンプル（2 個や 1 個のバッチも）")
def test_batch(agree, rng):
    for n in (5, 2, 1):
        agree("preactivation", part(rng, n, 3), part(rng, 3), float(part(rng)))


@case("sum", en="as many samples as inputs", ja="サンプル数と入力数が同じ場合")
def test_square_batch(agree, rng):
    agree("preactivation", part(rng, 4, 4), part(rng, 4), float(part(rng)))


@case("sum", en="the bias counts once", ja="バイアスは 1 回だけ")
def test_bias_once(agree, rng):
    agree("preactivation", np.zeros((2, 4)), part(rng, 4), float(rng.uniform(1, 3)))
    agree("preactivation", part(rng, 2, 4), part(rng, 4), -float(rng.uniform(1, 3)))


@case("sum", en="negative sums and large sums", ja="負の合計と大きな合計")
def test_negative_and_large_sums(agree, rng):
    w = part(rng, 3)
    agree("preactivation", -w * rng.uniform(1, 2, size=(4, 3)), w, -0.25)
    agree("preactivation", w * rng.uniform(20, 40, size=(4, 3)), w, float(part(rng)))


@case("sum", en="samples on several axes", ja="サンプルの軸が複数ある場合")
def test_several_sample_axes(agree, rng):
    agree("preactivation", part(rng, 2, 3, 4), part(rng, 4), float(part(rng)))
    agree("preactivation", part(rng, 2, 3, 2, 5), part(rng, 5), float(part(rng)))


@case("sum", en="one, two and many inputs", ja="入力が 1 個、2 個、多数の場合")
def test_number_of_inputs(agree, rng):
    for d in (50, 2, 1):  # with one input, sum, mean and last product are all the same
        agree("preactivation", part(rng, 3, d), part(rng, d), float(part(rng)))


@case("sum", en="the arguments stay as they were", ja="引数を書き換えない")
def test_sum_leaves_its_arguments(unchanged, rng):
    unchanged("preactivation", part(rng, 3, 4), part(rng, 4), 0.5)
    unchanged("preactivation", part(rng, 4), part(rng, 4), 0.5)


@case("sum_inputs", en="whole numbers", ja="整数")
def test_sum_of_integers(agree, rng):
    x = rng.integers(1, 9, size=(3, 4))
    agree("preactivation", x, part(rng, 4), float(part(rng)))
    agree("preactivation", x.astype(np.uint8), np.array([2, -3, 5, -40]), -7)


@case("sum_inputs", en="lists", ja="リスト")
def test_sum_of_lists(agree, rng):
    agree("preactivation", part(rng, 3).tolist(), part(rng, 3).tolist(), 0.5)
    agree("preactivation", part(rng, 2, 3).tolist(), part(rng, 3).tolist(), 2)


@case("sum_inputs", en="views that are not contiguous, float32", ja="不連続なビューと float32")
def test_sum_of_views(agree, rng):
    agree("preactivation", part(rng, 4, 5).T, part(rng, 8)[::-2], float(part(rng)))
    x, w = part(rng, 3, 4).astype(np.float32), part(rng, 4).astype(np.float32)
    agree("preactivation", x, w, 0.5, tol=FLOAT32)


@case("activation", en="ReLU, sums of both signs", ja="ReLU（合計が正と負）")
def test_relu_neuron(agree, rng):
    agree("neuron", *both_sides(rng, 6, 4), relu)


@case("activation", en="smooth activations", ja="滑らかな活性化関数")
def test_smooth_neuron(agree, rng):
    for activation in (tanh, sigmoid):
        agree("neuron", *both_sides(rng, 5, 3), activation)


@case("activation", en="an activation that shows how often it is applied", ja="適用した回数で値が変わる活性化関数")
def test_applied_once(agree, rng):
    agree("neuron", *both_sides(rng, 4, 3), doubled_plus_one)
    agree("neuron", *both_sides(rng, 4, 3), squared)


@case("activation", en="one sample", ja="1 サンプルのニューロン")
def test_neuron_of_one_sample(agree, rng):
    x, w, b = both_sides(rng, 2, 3)
    agree("neuron", x[0], w, b, tanh)
    agree("neuron", x[1], w, b, relu)


@case("activation", en="one input: the given function is used", ja="入力が 1 個（渡された関数を使う）")
def test_given_function_is_used(agree, rng):
    for activation in (tanh, squared):
        agree("neuron", part(rng, 5, 1), np.array([1.0]), 0.0, activation)


@case("activation", en="one input: applied once", ja="入力が 1 個（適用は 1 回）")
def test_one_input_applied_once(agree, rng):
    agree("neuron", part(rng, 5, 1), np.array([1.0]), 0.0, doubled_plus_one)


@case("activation", en="the neuron's arguments stay as they were", ja="ニューロンの引数を書き換えない")
def test_neuron_leaves_its_arguments(unchanged, rng):
    unchanged("neuron", *both_sides(rng, 3, 4), relu)


@case("activation_inputs", en="lists and whole numbers", ja="リストと整数のニューロン")
def test_neuron_of_lists(agree, rng):
    agree("neuron", rng.integers(-9, 9, size=(4, 3)).tolist(), part(rng, 3).tolist(), 1, tanh)
    agree("neuron", [1, -2], [3, 1], 0, relu)


@case("activation_inputs", en="samples on several axes", ja="サンプルの軸が複数あるニューロン")
def test_neuron_of_many_axes(agree, rng):
    agree("neuron", part(rng, 2, 3, 4), part(rng, 4), float(part(rng)), tanh)
    agree("neuron", part(rng, 4, 4).T, part(rng, 4), float(part(rng)), squared)
