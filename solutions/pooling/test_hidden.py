"""Hidden suite of `pooling`.

Each group asks one question, with the plainest input that can ask it: a single window that fills
a square image of one channel, float64 arrays of distinct pixels above 0, no padding. So neither
stride nor size matters outside their own groups. A group asks its question of both functions
where the answer is written in both: a slip in a helper costs one group, a slip in one function
half of it. Pixels are multiples of 36: the means of 2 x 2 and 3 x 3 of them are whole, so rounding
shows in `precision` alone.
"""

import numpy as np
import pytest

from autograder.testing import FLOAT32, case

BOTH = pytest.mark.parametrize("name", ["max_pool2d", "avg_pool2d"])


def pixels(rng, *shape):
    """Distinct multiples of 36 above 0, in no order."""
    return 36.0 * rng.choice(np.arange(1, 900), size=shape, replace=False)


def window(rng, k=3):
    """One image of k x k pixels: the smallest in the first corner, the largest in the last."""
    x = np.sort(pixels(rng, k * k))
    x[1:-1] = rng.permutation(x[1:-1])
    return x.reshape(1, 1, k, k)


@case("max", en="the largest pixel of the window", ja="窓の中で最大の画素")
def test_max(agree, rng):
    for k in (2, 3):
        agree("max_pool2d", window(rng, k), k, stride=1)
        agree("max_pool2d", window(rng, k)[:, :, ::-1, ::-1].copy(), k, stride=1)


@case("negative", en="only negative pixels", ja="負の画素だけの画像")
def test_max_negative(agree, rng):
    agree("max_pool2d", window(rng) - 40000, 3, stride=1)


@case("average", en="the mean of the window", ja="窓の平均")
def test_average(agree, rng):
    for k in (2, 3):
        agree("avg_pool2d", window(rng, k), k, stride=1)


@BOTH
@case("default_stride", en="windows side by side", ja="重なりのない窓")
def test_default_stride(agree, rng, name):
    agree(name, pixels(rng, 1, 1, 6, 6), 3)
    agree(name, pixels(rng, 1, 1, 9, 9), 3, None)


@BOTH
@case("stride", en="overlapping windows", ja="重なりのある窓")
def test_overlap(agree, rng, name):
    agree(name, pixels(rng, 1, 1, 5, 5), 2, stride=1)
    agree(name, pixels(rng, 1, 1, 7, 7), 3, stride=2)


@BOTH
@case("stride", en="strides larger than the window", ja="窓より大きいストライド")
def test_gaps(agree, rng, name):
    agree(name, pixels(rng, 1, 1, 8, 8), 2, stride=3)


@BOTH
@case("remainder", en="strides that leave a remainder", ja="余りの出るストライド")
def test_remainder(agree, rng, name):
    for size, k in [(7, 3), (5, 2), (8, 3)]:  # a third, a half, two thirds of a step
        agree(name, pixels(rng, 1, 1, size, size), k, stride=k)


@BOTH
@case("padding", en="padding", ja="パディング")
def test_padding(agree, rng, name):
    for k, padding in [(2, 1), (3, 1), (4, 2)]:
        agree(name, pixels(rng, 1, 1, 4, 4), k, stride=k, padding=padding)


@case("padding_value", en="negative pixels, also far below 0", ja="負の画素（0 より大幅に小さい画素を含む）")
def test_max_padding_negative(agree, rng):
    agree("max_pool2d", -pixels(rng, 1, 1, 4, 4), 2, stride=2, padding=1)
    agree("max_pool2d", -1e10 * pixels(rng, 1, 1, 4, 4), 2, stride=2, padding=1)


@case("padding_value", en="negative integers", ja="負の整数")
def test_max_padding_integers(agree, rng):
    # A cast of -inf to 64 bits happens to be small enough; to 16 bits it gives 0.
    x = -pixels(rng, 1, 1, 4, 4).astype(np.int64)
    agree("max_pool2d", x, 2, stride=2, padding=1)
    agree("max_pool2d", x.astype(np.int16), 2, stride=2, padding=1)


@BOTH
@case("rectangular", en="images that are not square", ja="正方形でない画像")
def test_rectangular_image(agree, rng, name):
    for h, w in [(4, 8), (6, 2)]:
        agree(name, pixels(rng, 1, 1, h, w), 2, stride=2)


@BOTH
@case("images", en="several images, several channels", ja="複数の画像、複数のチャンネル")
def test_images_and_channels(agree, rng, name):
    for n, c in [(3, 1), (1, 3), (2, 3)]:
        agree(name, pixels(rng, n, c, 3, 3), 3, stride=1)


@BOTH
@case("together", en="images, channels, stride and padding together", ja="画像・チャンネル・ストライド・パディング")
def test_together(agree, rng, name):
    agree(name, pixels(rng, 2, 3, 4, 6), 3, 1, 1)
    agree(name, pixels(rng, 3, 2, 9, 5), 3, 2, 1)


@BOTH
@case("precision", en="small differences of large numbers", ja="大きな数どうしのわずかな差")
def test_precision(student, reference, expect, rng, name):
    for _ in range(3):
        x = 1e6 + np.sort(rng.normal(size=9)).reshape(1, 1, 3, 3)
        mine, theirs = (getattr(module, name)(x, 3, stride=1) for module in (student, reference))
        expect(np.asarray(mine) - 1e6, theirs - 1e6)


@BOTH
@case("unchanged", en="the argument stays as it was", ja="引数を書き換えない")
def test_argument_unchanged(unchanged, rng, name):
    # The largest first: sorting in place shows in every direction.
    unchanged(name, window(rng)[:, :, ::-1, ::-1].copy(), 3, stride=1)


@BOTH
@case("lists", en="lists", ja="リスト")
def test_lists(agree, rng, name):
    agree(name, window(rng).tolist(), 3, stride=1)


@BOTH
@case("integers", en="images of integers, uint8 too", ja="整数の画像（uint8 を含む）")
def test_integers(agree, rng, name):
    # The sum is odd, so the mean is not whole; in uint8 it runs over.
    x = np.array([130, *rng.permutation([203, 214]), 254]).reshape(1, 1, 2, 2)
    agree(name, x, 2, stride=1)
    agree(name, x.astype(np.uint8), 2, stride=1)


@BOTH
@case("arrays", en="arrays that are views of others", ja="別の配列のビュー")
def test_views(agree, rng, name):
    x = np.zeros((1, 3, 6, 1))
    x[:, :, ::2] = window(rng).transpose(0, 2, 3, 1)
    agree(name, x[:, :, ::2].transpose(0, 3, 1, 2)[:, :, ::-1], 3, stride=1)


@BOTH
@case("arrays", en="float32", ja="float32 の配列")
def test_float32(agree, rng, name):
    agree(name, window(rng).astype(np.float32), 3, stride=1, tol=FLOAT32)
