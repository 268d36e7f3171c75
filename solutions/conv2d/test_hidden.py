"""Hidden suite of `conv2d`.

Each group isolates its own questions, so that one slip costs one group: `window` has one
image, one channel, one filter and no bias; `channels` uses 1x1 kernels, which no flip can
spoil; `geometry` uses a kernel of equal weights. `together` mixes everything, with all of
N, C, H, W, F, kh, kw different.
"""

import numpy as np

from autograder.testing import FLOAT32, case

NO_BIAS = np.zeros(1)


def _single(rng, h, w, kh, kw):
    """One channel, one filter; no weight near 0, so that no position of the window is free."""
    return rng.uniform(0.5, 3, (1, 1, h, w)), rng.uniform(0.5, 3, (1, 1, kh, kw))


def _bias(rng, f):
    """Distinct values away from 0, of both signs, in random order."""
    return (rng.permutation(f) + rng.uniform(0.6, 0.9)) * np.where(np.arange(f) % 2, -1.0, 1.0)


def _problem(rng, n, c, h, w, f, kh, kw):
    return rng.normal(size=(n, c, h, w)) + 0.5, rng.normal(size=(f, c, kh, kw)), _bias(rng, f)


def _flat(rng, h, w, kh, kw):
    """A kernel of equal weights on an image without zeros."""
    return rng.uniform(1, 4, (1, 1, h, w)), np.full((1, 1, kh, kw), rng.uniform(0.5, 2)), NO_BIAS


@case("window", en="a square kernel without symmetry", ja="対称性のない正方形のカーネル")
def test_asymmetric_kernel(agree, rng):
    agree("conv2d", *_single(rng, 5, 5, 3, 3), NO_BIAS)


@case("window", en="kernels that are not square", ja="正方形でないカーネル")
def test_rectangular_kernel(agree, rng):
    for kh, kw in [(2, 4), (4, 1), (1, 3)]:
        agree("conv2d", *_single(rng, 5, 5, kh, kw), NO_BIAS)


@case(
    "window",
    en="images that are not square, one as large as the kernel",
    ja="正方形でない画像（カーネルと同じ大きさを含む）",
)
def test_rectangular_image(agree, rng):
    for h, w in [(3, 6), (6, 4)]:
        agree("conv2d", *_single(rng, h, w, 2, 2), NO_BIAS)
    agree("conv2d", *_single(rng, 3, 4, 3, 4), NO_BIAS)


@case("window", en="weights and pixels of both signs", ja="正負の画素と重み")
def test_both_signs(agree, rng):
    # The kernel keeps its sign and the image takes both, so both signs occur in the result.
    x = np.array([1.0, -1.0]).repeat(9).reshape(1, 1, 3, 6) * rng.uniform(1, 2, (1, 1, 3, 6))
    agree("conv2d", x, -rng.uniform(0.5, 2, (1, 1, 2, 2)), NO_BIAS)
    agree("conv2d", -x, rng.uniform(0.5, 2, (1, 1, 2, 2)), NO_BIAS)


@case("channels", en="several input channels", ja="複数の入力チャンネル")
def test_channels_are_summed(agree, rng):
    agree("conv2d", rng.uniform(1, 3, (1, 3, 4, 5)), rng.uniform(0.5, 2, (1, 3, 1, 1)), NO_BIAS)


@case("channels", en="several filters", ja="複数のフィルター")
def test_one_map_per_filter(agree, rng):
    agree("conv2d", rng.uniform(1, 3, (1, 3, 5, 6)), rng.normal(size=(4, 3, 1, 1)), np.zeros(4))


@case("channels", en="as many filters as channels", ja="フィルターとチャンネルが同じ数")
def test_as_many_filters_as_channels(agree, rng):
    agree("conv2d", rng.uniform(1, 3, (2, 3, 4, 5)), rng.normal(size=(3, 3, 1, 1)), np.zeros(3))


@case("channels", en="the bias alone", ja="バイアスだけの働き")
def test_bias_alone(agree, rng):
    agree("conv2d", rng.normal(size=(2, 3, 4, 6)), np.zeros((4, 3, 2, 2)), _bias(rng, 4))


@case("channels", en="several images at once", ja="複数の画像をまとめて処理")
def test_every_image(agree, rng):
    agree("conv2d", rng.uniform(1, 3, (3, 1, 4, 5)), rng.uniform(0.5, 2, (2, 1, 1, 1)), np.zeros(2))


@case("geometry", en="a stride that fits exactly", ja="ちょうど割り切れるストライド")
def test_stride_fits(agree, rng):
    agree("conv2d", *_flat(rng, 7, 9, 3, 3), stride=2)


@case(
    "geometry",
    en="strides that leave a remainder, or exceed the kernel",
    ja="余りの出るストライド、カーネルより大きいストライド",
)
def test_stride_with_remainder(agree, rng):
    for h, w, stride in [(6, 8, 2), (8, 9, 3)]:
        agree("conv2d", *_flat(rng, h, w, 3, 3), stride=stride)
    agree("conv2d", *_flat(rng, 9, 8, 2, 2), stride=3)


@case("geometry", en="padding, also wider than the kernel", ja="パディング（カーネルより広い場合を含む）")
def test_padding(agree, rng):
    for padding in [1, 2]:
        agree("conv2d", *_flat(rng, 4, 3, 3, 3), padding=padding)
    agree("conv2d", *_flat(rng, 1, 2, 2, 2), padding=3)


@case("geometry", en="stride and padding together", ja="ストライドとパディングの併用")
def test_stride_with_padding(agree, rng):
    agree("conv2d", *_flat(rng, 6, 9, 3, 3), stride=2, padding=1)
    agree("conv2d", *_flat(rng, 7, 6, 2, 4), 3, 2)


@case("together", en="all sizes different", ja="大きさがすべて異なる場合")
def test_all_sizes_different(agree, rng):
    agree("conv2d", *_problem(rng, 2, 3, 6, 8, 5, 4, 1))
    agree("conv2d", *_problem(rng, 4, 2, 7, 6, 3, 1, 5))


@case("together", en="all sizes different, with stride", ja="大きさがすべて異なる場合（ストライドあり）")
def test_all_with_stride(agree, rng):
    agree("conv2d", *_problem(rng, 3, 4, 7, 10, 5, 2, 6), stride=3)


@case("together", en="all sizes different, with padding", ja="大きさがすべて異なる場合（パディングあり）")
def test_all_with_padding(agree, rng):
    agree("conv2d", *_problem(rng, 3, 2, 5, 7, 4, 6, 1), padding=1)
    agree("conv2d", *_problem(rng, 2, 3, 7, 8, 5, 4, 6), stride=2, padding=1)


@case("inputs", en="the arguments stay as they were", ja="引数を書き換えない")
def test_arguments_unchanged(unchanged, rng):
    unchanged("conv2d", *_problem(rng, 2, 3, 4, 5, 2, 2, 2))
    unchanged("conv2d", *_problem(rng, 2, 3, 4, 5, 2, 3, 3), stride=2, padding=1)


@case("inputs", en="lists", ja="リスト")
def test_lists(agree, rng):
    x, w = _single(rng, 3, 4, 1, 1)
    agree("conv2d", x.tolist(), w.tolist(), [0.0])


@case("inputs", en="integers, small integer types, float32", ja="整数、桁の小さい整数型、float32")
def test_number_types(agree, rng):
    agree("conv2d", rng.integers(-9, 10, (2, 1, 3, 4)), rng.uniform(0.2, 0.8, (1, 1, 1, 1)), NO_BIAS)
    x = rng.integers(200, 256, (1, 1, 3, 4)).astype(np.uint8)
    agree("conv2d", x, rng.integers(3, 9, (1, 1, 1, 1)).astype(np.uint8), np.array([0], np.uint8))
    x, w = _single(rng, 5, 4, 1, 1)
    agree("conv2d", x.astype(np.float32), w.astype(np.float32), np.zeros(1, np.float32), tol=FLOAT32)


@case("inputs", en="arrays that are views of others", ja="別の配列のビュー")
def test_views(agree, rng):
    channels_last = rng.uniform(1, 3, (2, 5, 6, 3))
    w = rng.uniform(0.5, 2, (1, 6, 1, 1))[:, ::-2]
    agree("conv2d", channels_last.transpose(0, 3, 1, 2), w, np.zeros(2)[::2])
    agree("conv2d", channels_last[:, ::-1, ::2].transpose(0, 3, 1, 2), w, np.zeros(2)[::-2])
