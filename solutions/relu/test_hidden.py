"""Hidden suite of `relu`. Each test calls only one of the two functions.

Most arrays begin with a negative element: code that derives its result type from the first
element (``np.vectorize``) shows then what it does.
"""

import numpy as np

from autograder.testing import case


def both_signs(rng, *shape):
    """Magnitudes in (0.05, 0.95) or (1.05, 9), signs in random places, the first negative.

    Whatever the seed, there are at least two small and two large elements of each sign.
    """
    count = int(np.prod(shape))
    sizes = np.where(np.arange(count) % 2 == 0, rng.uniform(0.05, 0.95, count), rng.uniform(1.05, 9, count))
    values = rng.permutation(np.where(np.arange(count) % 4 < 2, -sizes, sizes))
    first = int(np.argmax(values < 0))
    values[[0, first]] = values[[first, 0]]
    return values.reshape(shape)


def one_other(values):
    """The same with one element of the other sign, so that no constant and no copy is right."""
    values.flat[1] *= -1
    return values


@case("relu", en="negative inputs", ja="負の入力")
def test_negative_is_zero(agree, rng):
    agree("relu", one_other(-rng.uniform(0.5, 5, size=(3, 4))))


@case("relu", en="positive inputs below 1", ja="1 より小さい正の入力")
def test_small_positive_values_pass_through(agree, rng):
    agree("relu", one_other(rng.uniform(0.02, 0.9, size=7)))


@case("relu", en="large positive inputs", ja="大きな正の入力")
def test_large_values_pass_through(agree, rng):
    agree("relu", one_other(rng.uniform(20, 90, size=7)))
    agree("relu", one_other(rng.uniform(2e5, 9e5, size=(2, 3))))


@case("relu", en="a vector of both signs", ja="正負が混ざったベクトル")
def test_vector_of_both_signs(agree, rng):
    agree("relu", both_signs(rng, 9))


@case("relu", en="a matrix of both signs", ja="正負が混ざった行列")
def test_matrix_of_both_signs(agree, rng):
    agree("relu", both_signs(rng, 4, 5))


@case("relu", en="zeros among the inputs", ja="0 を含む入力")
def test_zero_stays_zero(agree, rng):
    x = both_signs(rng, 8)
    x[[2, 5]] = 0.0
    agree("relu", x)


@case("relu", en="the argument stays as it was", ja="引数を書き換えない")
def test_relu_leaves_its_argument(unchanged, rng):
    unchanged("relu", both_signs(rng, 8))
    unchanged("relu", both_signs(rng, 3, 4))


@case("relu_inputs", en="a single number", ja="1 つの数")
def test_relu_of_a_number(agree, rng):
    size = float(rng.uniform(1.5, 3))
    agree("relu", size)
    agree("relu", -size)
    agree("relu", np.float32(0.5))
    agree("relu", np.array(-size))


@case("relu_inputs", en="whole numbers, also of 8 bits as in images", ja="整数（画像のような 8 ビットの整数も）")
def test_relu_of_integers(agree, rng):
    agree("relu", rng.permutation(np.array([-7, -2, 0, 1, 4, 30])))
    agree("relu", rng.permutation(np.array([0, 1, 60, 127, 128, 201, 255], dtype=np.uint8)))
    agree("relu", rng.permutation(np.array([-1, -60, 0, 7, 127], dtype=np.int8)))


@case("relu_inputs", en="lists", ja="リスト")
def test_relu_of_lists(agree, rng):
    agree("relu", both_signs(rng, 6).tolist())
    agree("relu", both_signs(rng, 2, 4).tolist())


@case("relu_inputs", en="arrays with many axes, an empty array", ja="3 次元以上の配列と空の配列")
def test_relu_of_other_shapes(agree, rng):
    agree("relu", both_signs(rng, 2, 3, 4))
    agree("relu", both_signs(rng, 2, 3, 1, 4))
    agree("relu", np.zeros(0))


@case("relu_inputs", en="views that are not contiguous, float32", ja="不連続なビューと float32")
def test_relu_of_views(agree, rng):
    agree("relu", both_signs(rng, 4, 5).T)
    agree("relu", both_signs(rng, 6, 4)[::-2, ::2])
    agree("relu", both_signs(rng, 4, 5).astype(np.float32))


@case("gradient", en="slope for negative inputs", ja="負の入力での傾き")
def test_slope_of_negative_inputs(agree, rng):
    agree("relu_grad", one_other(-rng.uniform(0.1, 5, size=(3, 4))))


@case("gradient", en="slope for positive inputs, small and large", ja="正の入力での傾き（小さい値と大きい値）")
def test_slope_of_positive_inputs(agree, rng):
    agree("relu_grad", one_other(rng.uniform(0.02, 0.9, size=6)))
    agree("relu_grad", one_other(rng.uniform(2, 90, size=(2, 3))))


@case("gradient", en="slope on both sides of 0", ja="0 の両側での傾き")
def test_slope_of_both_signs(agree, rng):
    agree("relu_grad", both_signs(rng, 4, 5))


@case("gradient", en="slope at exactly 0", ja="ちょうど 0 での傾き")
def test_slope_at_zero(agree):
    for kind in (float, int):
        agree("relu_grad", np.array([-2, 0, 3, 0], dtype=kind))


@case("gradient", en="the argument of the gradient stays as it was", ja="勾配の引数を書き換えない")
def test_gradient_leaves_its_argument(unchanged, rng):
    unchanged("relu_grad", both_signs(rng, 8))
    unchanged("relu_grad", both_signs(rng, 3, 4))


@case("gradient_inputs", en="slope at a single number", ja="1 つの数での傾き")
def test_slope_at_a_number(agree, rng):
    size = float(rng.uniform(1.5, 3))
    agree("relu_grad", size)
    agree("relu_grad", -size)
    agree("relu_grad", np.array(size))


@case("gradient_inputs", en="slope for lists and whole numbers", ja="リストと整数での傾き")
def test_slope_of_lists_and_integers(agree, rng):
    agree("relu_grad", both_signs(rng, 2, 4).tolist())
    agree("relu_grad", np.array([[-3, 2], [5, -1]]))
    agree("relu_grad", np.array([0, 1, 200], dtype=np.uint8))


@case("gradient_inputs", en="slope for other shapes", ja="いろいろな形状での傾き")
def test_slope_of_other_shapes(agree, rng):
    agree("relu_grad", both_signs(rng, 2, 3, 4))
    agree("relu_grad", both_signs(rng, 4, 5).T[::-2])
    agree("relu_grad", np.zeros(0))
