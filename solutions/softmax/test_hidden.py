"""Hidden suite of `softmax`.

What does not ask about a batch is asked for a vector or for a batch of one row, whichever the code
takes. What does not ask about digits allows for four decimals.
"""

import numpy as np

from autograder.testing import Tolerance, case, properties

FOUR_DECIMALS = Tolerance(rtol=0.0, atol=6e-5)


def eighths(rng, *shape):
    """Numbers between -2 and 2 that stay what they are beside 1e4, in single precision too."""
    return rng.integers(-16, 17, size=shape) / 8


def forms(x):
    return (x,), (x[np.newaxis],)


@case("values", en="the scores of one sample", ja="1 サンプルの得点")
def test_scores(either, rng):
    either("softmax", *forms(rng.normal(size=6) * 2), tol=FOUR_DECIMALS)


@case("values", en="positive scores", ja="正の得点だけのサンプル")
def test_positive_scores(either, rng):
    either("softmax", *forms(rng.uniform(1, 4, size=4)), tol=FOUR_DECIMALS)


@case("values", en="negative scores", ja="負の得点だけのサンプル")
def test_negative_scores(either, rng):
    either("softmax", *forms(-rng.uniform(1, 4, size=5)), tol=FOUR_DECIMALS)


@case("values", en="two classes: the sigmoid", ja="2 クラスならシグモイド関数")
def test_two_classes(either, rng):
    either("softmax", *forms(np.array([rng.uniform(0.5, 2), 0.0])), tol=FOUR_DECIMALS)


@case("values", en="equal scores", ja="等しい得点")
def test_equal_scores(either, rng):
    either("softmax", *forms(np.full(4, rng.uniform(1, 3))), tol=FOUR_DECIMALS)


@properties.one_sample("softmax", "vector", tol=FOUR_DECIMALS)
def test_vector(rng):
    return rng.normal(size=6) * 2


@case("rows", en="a batch of samples", ja="複数サンプルのバッチ")
def test_batch(agree, rng):
    agree("softmax", rng.normal(size=(4, 6)) * 2, tol=FOUR_DECIMALS)


@case("rows", en="as many samples as classes", ja="サンプル数とクラス数が等しいバッチ")
def test_square_batch(agree, rng):
    agree("softmax", rng.normal(size=(5, 5)) * 2, tol=FOUR_DECIMALS)


@case("rows", en="a batch with a single class", ja="1 クラスだけのバッチ")
def test_one_column(agree, rng):
    agree("softmax", rng.normal(size=(4, 3)), tol=FOUR_DECIMALS)  # ones alone are no answer
    agree("softmax", rng.normal(size=(4, 1)) + 1, tol=FOUR_DECIMALS)


@case("stable", en="huge scores of both signs", ja="正負の非常に大きな得点")
def test_huge_scores(either, rng):
    either("softmax", *forms(1e4 * np.array([1.0, 0.0, -1.0]) + eighths(rng, 3)), tol=FOUR_DECIMALS)


@case("stable", en="very negative scores", ja="非常に小さい（負の）得点")
def test_very_negative_scores(either, rng):
    either("softmax", *forms(eighths(rng, 5) - 1e4), tol=FOUR_DECIMALS)
    either("softmax", *forms(eighths(rng, 4) - 900), tol=FOUR_DECIMALS)


@case("stable", en="one score far below the others", ja="1 つだけ極端に小さい得点")
def test_one_far_below(either, rng):
    either("softmax", *forms(np.append(eighths(rng, 3), -1e4)), tol=FOUR_DECIMALS)


@case("stable", en="adding a constant changes nothing", ja="定数を足しても結果は変わらない")
def test_shift(either, rng):
    either("softmax", *forms(eighths(rng, 5) + rng.integers(800, 2000)), tol=FOUR_DECIMALS)


@case("scale", en="rows of very different scale in one batch", ja="行ごとに大きさがまったく違うバッチ")
def test_rows_of_different_scale(agree, rng):
    offset = np.array([[0.0], [1000.0], [-1000.0], [1e4]])
    agree("softmax", eighths(rng, 4, 3) + offset, tol=FOUR_DECIMALS)


@case("scale", en="columns of very different scale", ja="列ごとに大きさがまったく違う配列")
def test_columns_of_different_scale(agree, rng):
    offset = np.array([0.0, 1000.0, -1000.0, 5000.0])
    agree("softmax", eighths(rng, 3, 4) + offset, axis=0, tol=FOUR_DECIMALS)


@case("axis", en="columns", ja="列ごとの正規化")
def test_axis_zero(agree, rng):
    agree("softmax", rng.normal(size=(3, 5)) * 2, axis=0, tol=FOUR_DECIMALS)


@case("axis", en="columns of a square batch", ja="正方形のバッチの列")
def test_axis_zero_of_a_square(agree, rng):
    agree("softmax", rng.normal(size=(4, 4)) * 2, 0, tol=FOUR_DECIMALS)


@case("axis", en="an axis counted from the end", ja="後ろから数えた軸")
def test_negative_axis(agree, rng):
    agree("softmax", rng.normal(size=(3, 5)) * 2, axis=-2, tol=FOUR_DECIMALS)


@case("dimensions", en="three dimensions, last axis", ja="3 次元配列の最後の軸")
def test_three_dimensions(agree, rng):
    agree("softmax", rng.normal(size=(2, 3, 4)) * 2, tol=FOUR_DECIMALS)


@case(
    "dimensions",
    en="each axis of three dimensions, and the channels of images",
    ja="3 次元配列の各軸と画像のチャンネル",
)
def test_each_axis(agree, rng):
    for axis in (0, 1, 2, -1, -2, -3):
        agree("softmax", rng.normal(size=(2, 4, 3)) * 2, axis=axis, tol=FOUR_DECIMALS)
    agree("softmax", rng.normal(size=(2, 5, 3, 4)), axis=1, tol=FOUR_DECIMALS)


@case("digits", en="the result is not rounded", ja="結果を丸めない")
def test_all_digits(either, rng):
    either("softmax", *forms(rng.normal(size=6) * 2))
    either("softmax", *forms(np.append(rng.normal(size=3), -20.0)))  # a very small probability


@case("digits", en="double precision", ja="倍精度を保つ")
def test_double_precision(either, rng):
    either("softmax", *forms(rng.uniform(300, 302, size=4)))


@properties.lists("softmax", "kinds", tol=FOUR_DECIMALS)
def test_lists(rng):
    return [*forms(rng.normal(size=4))]


@properties.integers("softmax", "kinds", tol=FOUR_DECIMALS)
def test_integers(rng):
    return [*forms(rng.permutation(np.arange(-2.0, 3.0)))]


@properties.unsigned("softmax", "kinds", tol=FOUR_DECIMALS)
def test_unsigned(rng):
    return [*forms(rng.permutation(np.array([0.0, 1.0, 3.0, 250.0, 253.0, 254.0])))]


@properties.float32("softmax", "kinds", tol=FOUR_DECIMALS)
def test_float32(rng):
    return [*forms(rng.normal(size=4))]


@properties.views("softmax", "kinds", tol=FOUR_DECIMALS)
def test_views(rng):
    x = rng.normal(size=(3, 4)) * 2
    return [(x,), (x[0],)]


@properties.unchanged("softmax", "unchanged", tol=FOUR_DECIMALS)
def test_unchanged(rng):
    return [*forms(rng.normal(size=5) + 1)]


@properties.empty_batch("softmax", "empty", tol=FOUR_DECIMALS)
def test_empty_batch(rng):
    return rng.normal(size=(1, 4))
