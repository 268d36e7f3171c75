"""Hidden suite of `conv2d`.

Each group asks one question, with the plainest input that can ask it: one square image, one
channel, one square filter, stride 1, no padding, no bias, float64 arrays. Numbers are whole, so
that rounding and single precision show in `precision` alone. Three filters give maps of three
columns: a bias added along the columns is wrong there, but raises nothing.
"""

import numpy as np

from autograder.testing import case, properties

NO_BIAS = np.zeros(1)


def whole(rng, *shape):
    """Distinct whole numbers above 0, as floats: a kernel of them never equals its mirror image."""
    return rng.permutation(np.arange(1.0, 1 + np.prod(shape))).reshape(shape)


@case("window", en="a kernel without symmetry", ja="対称性のないカーネル")
def test_asymmetric_kernel(agree, rng):
    agree("conv2d", whole(rng, 1, 1, 5, 5), whole(rng, 1, 1, 3, 3), NO_BIAS)


@case("window", en="weights and pixels of both signs", ja="正負の画素と重み")
def test_both_signs(agree, rng):
    # The kernel keeps its sign and the image takes both, so both signs occur in the result.
    x = whole(rng, 1, 1, 4, 4) * np.array([[1], [1], [-1], [-1]])
    agree("conv2d", x, -whole(rng, 1, 1, 2, 2), NO_BIAS)


@case("channels", en="several input channels", ja="複数の入力チャンネル")
def test_channels_are_summed(agree, rng):
    agree("conv2d", whole(rng, 1, 3, 4, 4), whole(rng, 1, 3, 2, 2), NO_BIAS)


@case("filters", en="several filters", ja="複数のフィルター")
def test_one_map_per_filter(agree, rng):
    agree("conv2d", whole(rng, 1, 1, 4, 4), whole(rng, 3, 1, 2, 2), np.zeros(3))


@case("bias", en="a bias for each filter", ja="フィルターごとのバイアス")
def test_bias_of_each_filter(agree, rng):
    agree("conv2d", whole(rng, 1, 2, 4, 4), np.zeros((3, 2, 2, 2)), whole(rng, 3))


@case("images", en="several images at once", ja="複数の画像をまとめて処理")
def test_every_image(agree, rng):
    agree("conv2d", whole(rng, 3, 1, 4, 4), whole(rng, 1, 1, 2, 2), NO_BIAS)


@case("stride", en="strides that fit exactly", ja="ちょうど割り切れるストライド")
def test_stride(agree, rng):
    agree("conv2d", whole(rng, 1, 1, 7, 7), whole(rng, 1, 1, 3, 3), NO_BIAS, stride=2)
    agree("conv2d", whole(rng, 1, 1, 8, 8), whole(rng, 1, 1, 2, 2), NO_BIAS, stride=3)


@case("remainder", en="strides that leave a remainder", ja="余りの出るストライド")
def test_stride_with_remainder(agree, rng):
    for size, k, stride in [(6, 2, 3), (6, 3, 2), (7, 2, 3)]:  # a third, a half, two thirds of a step
        agree("conv2d", whole(rng, 1, 1, size, size), whole(rng, 1, 1, k, k), NO_BIAS, stride=stride)


@case("padding", en="padding", ja="パディング")
def test_padding(agree, rng):
    agree("conv2d", whole(rng, 1, 1, 4, 4), whole(rng, 1, 1, 3, 3), NO_BIAS, padding=1)


@case("padding", en="padding wider than the kernel", ja="カーネルより広いパディング")
def test_wide_padding(agree, rng):
    agree("conv2d", whole(rng, 1, 1, 3, 3), whole(rng, 1, 1, 2, 2), NO_BIAS, padding=3)


@case("rectangular", en="images that are not square", ja="正方形でない画像")
def test_rectangular_image(agree, rng):
    for h, w in [(3, 6), (6, 4)]:
        agree("conv2d", whole(rng, 1, 1, h, w), whole(rng, 1, 1, 2, 2), NO_BIAS)


@case("rectangular", en="kernels that are not square", ja="正方形でないカーネル")
def test_rectangular_kernel(agree, rng):
    for kh, kw in [(2, 4), (4, 1)]:
        agree("conv2d", whole(rng, 1, 1, 5, 5), whole(rng, 1, 1, kh, kw), NO_BIAS)


@case("together", en="several images, channels and filters", ja="画像・チャンネル・フィルターがそれぞれ複数")
def test_whole_layer(agree, rng):
    agree("conv2d", whole(rng, 2, 3, 5, 5), whole(rng, 4, 3, 2, 2), whole(rng, 4))
    agree("conv2d", whole(rng, 3, 3, 4, 4), whole(rng, 3, 3, 2, 2), whole(rng, 3))


@case("together", en="stride and padding together", ja="ストライドとパディングの併用")
def test_stride_with_padding(agree, rng):
    agree("conv2d", whole(rng, 1, 1, 5, 5), whole(rng, 1, 1, 3, 3), NO_BIAS, stride=2, padding=1)
    agree("conv2d", whole(rng, 1, 1, 5, 5), whole(rng, 1, 1, 3, 3), NO_BIAS, 3, 2)


@case("precision", en="small differences of large numbers", ja="大きな数どうしのわずかな差")
def test_precision(agree, rng):
    w = rng.normal(size=(1, 1, 3, 3))
    agree("conv2d", 1e6 + rng.normal(size=(1, 1, 5, 5)), w - w.mean() + 2e-6, NO_BIAS)


@properties.unchanged("conv2d", "unchanged")
def test_arguments_unchanged(rng):
    return whole(rng, 1, 1, 4, 4), whole(rng, 1, 1, 2, 2), NO_BIAS


@properties.lists("conv2d", "lists")
def test_lists(rng):
    return whole(rng, 1, 1, 4, 4), whole(rng, 1, 1, 2, 2), NO_BIAS


@case(
    "integers",
    en="images of integers, uint8 too, and weights with decimals",
    ja="整数（uint8 を含む）の画像と小数の重み",
)
def test_integer_images(agree, rng):
    x, w = rng.integers(200, 256, (1, 1, 4, 4)), whole(rng, 1, 1, 2, 2) + 0.3
    agree("conv2d", x, w, NO_BIAS)
    agree("conv2d", x.astype(np.uint8), w, NO_BIAS)


@properties.views("conv2d", "arrays")
def test_views(rng):
    return whole(rng, 1, 1, 4, 4), whole(rng, 1, 1, 2, 2), NO_BIAS


@properties.float32("conv2d", "arrays")
def test_float32(rng):
    return whole(rng, 1, 1, 4, 4), whole(rng, 1, 1, 2, 2), NO_BIAS
