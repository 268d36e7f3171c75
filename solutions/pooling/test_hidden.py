"""Hidden suite of `pooling`.

The two functions share no test, so a slip in one leaves the points of the other. Pixels are
random and distinct; where the sign matters (the start of a running maximum, zeros as padding)
all of them are negative.
"""

import numpy as np
import pytest

from autograder.testing import FLOAT32, case

BOTH = pytest.mark.parametrize("name", ["max_pool2d", "avg_pool2d"])


def _images(rng, n, c, h, w):
    """Distinct values of both signs in no order."""
    return rng.permutation(n * c * h * w).reshape(n, c, h, w) - n * c * h * w / 2 + rng.uniform(0.1, 0.4)


def _negative(rng, *shape):
    return -rng.uniform(1, 9, shape)


@case("max", en="windows side by side, also one that covers the image", ja="重なりのない窓（画像全体を覆う窓を含む）")
def test_max_default_stride(agree, rng):
    agree("max_pool2d", _images(rng, 2, 3, 6, 6), 2)
    agree("max_pool2d", _images(rng, 2, 3, 6, 9), 3, None)
    agree("max_pool2d", _images(rng, 2, 3, 4, 4), 4)


@case("max", en="overlapping windows", ja="重なりのある窓")
def test_max_overlap(agree, rng):
    agree("max_pool2d", _images(rng, 2, 3, 4, 4), 3, stride=1)
    agree("max_pool2d", _images(rng, 2, 3, 7, 9), 3, stride=2)


@case("max", en="strides larger than the window, windows of one pixel", ja="窓より大きいストライド、1 画素の窓")
def test_max_gaps(agree, rng):
    agree("max_pool2d", _images(rng, 2, 3, 8, 5), 2, stride=3)
    agree("max_pool2d", _images(rng, 2, 3, 3, 4), 1, stride=2)
    agree("max_pool2d", _images(rng, 2, 3, 3, 4), 1)


@case("max", en="rows and columns left over", ja="余りの行と列")
def test_max_remainder(agree, rng):
    agree("max_pool2d", _images(rng, 2, 3, 8, 5), 3)
    agree("max_pool2d", _images(rng, 3, 2, 6, 8), 3, stride=2)


@case("max", en="only negative pixels", ja="負の画素だけの画像")
def test_max_negative(agree, rng):
    agree("max_pool2d", _negative(rng, 2, 2, 4, 6), 2)


@case("max", en="padding", ja="パディング")
def test_max_padding(agree, rng):
    for k, stride, padding in [(2, 1, 1), (3, 3, 1), (4, 2, 2)]:
        agree("max_pool2d", _images(rng, 2, 3, 4, 5), k, stride, padding)


@case(
    "max",
    en="padding around negative pixels, also far below 0",
    ja="負の画素の周りのパディング（0 より大幅に小さい画素を含む）",
)
def test_max_padding_negative(agree, rng):
    agree("max_pool2d", _negative(rng, 2, 3, 5, 4), 3, stride=2, padding=1)
    agree("max_pool2d", 1e10 * _negative(rng, 1, 2, 4, 4), 2, padding=1)


@case(
    "average", en="windows side by side, also one that covers the image", ja="重なりのない窓（画像全体を覆う窓を含む）"
)
def test_avg_default_stride(agree, rng):
    agree("avg_pool2d", _images(rng, 2, 3, 6, 6), 2)
    agree("avg_pool2d", _images(rng, 2, 3, 6, 9), 3, None)
    agree("avg_pool2d", _images(rng, 2, 3, 4, 4), 4)


@case("average", en="overlapping windows", ja="重なりのある窓")
def test_avg_overlap(agree, rng):
    agree("avg_pool2d", _images(rng, 2, 3, 4, 4), 3, stride=1)
    agree("avg_pool2d", _images(rng, 2, 3, 7, 9), 3, stride=2)


@case("average", en="strides larger than the window, windows of one pixel", ja="窓より大きいストライド、1 画素の窓")
def test_avg_gaps(agree, rng):
    agree("avg_pool2d", _images(rng, 2, 3, 8, 5), 2, stride=3)
    agree("avg_pool2d", _images(rng, 2, 3, 3, 4), 1, stride=2)
    agree("avg_pool2d", _images(rng, 2, 3, 3, 4), 1)


@case("average", en="rows and columns left over", ja="余りの行と列")
def test_avg_remainder(agree, rng):
    agree("avg_pool2d", _images(rng, 2, 3, 8, 5), 3)
    agree("avg_pool2d", _images(rng, 3, 2, 6, 8), 3, stride=2)


@case("average", en="only negative pixels", ja="負の画素だけの画像")
def test_avg_negative(agree, rng):
    agree("avg_pool2d", _negative(rng, 2, 2, 4, 6), 2)


@case("average", en="padding", ja="パディング")
def test_avg_padding(agree, rng):
    for k, stride, padding in [(2, 1, 1), (3, 3, 1), (4, 2, 2)]:
        agree("avg_pool2d", -_negative(rng, 2, 3, 4, 5), k, stride, padding)


@BOTH
@case("inputs", en="the argument stays as it was", ja="引数を書き換えない")
def test_argument_unchanged(unchanged, rng, name):
    unchanged(name, _images(rng, 2, 3, 4, 6), 2)
    unchanged(name, _images(rng, 2, 3, 5, 4), 3, stride=2, padding=1)


@BOTH
@case("inputs", en="lists, and arrays that are views of others", ja="リスト、別の配列のビュー")
def test_lists_and_views(agree, rng, name):
    agree(name, _images(rng, 2, 1, 4, 4).tolist(), 2)
    channels_last = _images(rng, 2, 4, 8, 3)
    agree(name, channels_last.transpose(0, 3, 1, 2), 2)
    agree(name, channels_last[:, ::-1, ::2].transpose(0, 3, 1, 2), 2)


@case("inputs", en="maximum of integers and float32", ja="整数と float32 の最大プーリング")
def test_max_number_types(agree, rng):
    agree("max_pool2d", -rng.integers(1, 200, (1, 2, 4, 6)), 2, padding=1)
    # A cast of -inf to 64 bits happens to be small enough; to 16 bits it gives 0.
    agree("max_pool2d", -rng.integers(1, 200, (1, 2, 4, 6)).astype(np.int16), 2, padding=1)
    agree("max_pool2d", rng.integers(130, 256, (1, 2, 4, 4)).astype(np.uint8), 2)
    agree("max_pool2d", rng.normal(size=(2, 1, 4, 6)).astype(np.float32), 2, tol=FLOAT32)


@case("inputs", en="average of integers and float32", ja="整数と float32 の平均プーリング")
def test_avg_number_types(agree, rng):
    x = 4 * rng.integers(-50, 50, (1, 2, 2, 4, 2, 2)) + np.array([[1, 0], [0, 0]])
    agree("avg_pool2d", x.transpose(0, 1, 2, 4, 3, 5).reshape(1, 2, 4, 8), 2)
    agree("avg_pool2d", rng.integers(130, 256, (1, 2, 4, 4)).astype(np.uint8), 2)
    agree("avg_pool2d", rng.normal(size=(2, 1, 4, 6)).astype(np.float32), 2, tol=FLOAT32)
