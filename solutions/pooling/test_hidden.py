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


@case("max", en="the standard window without overlap", ja="重なりのない標準的な窓")
def test_max_default_stride(agree, rng):
    agree("max_pool2d", _images(rng, 2, 3, 6, 6), 2)
    agree("max_pool2d", _images(rng, 2, 3, 6, 9), 3, None)


@case("max", en="overlapping windows", ja="重なりのある窓")
def test_max_overlap(agree, rng):
    agree("max_pool2d", _images(rng, 2, 3, 4, 4), 3, stride=1)


@case("max", en="overlapping windows with a longer step", ja="重なりがあり、移動間隔の大きい窓")
def test_max_overlap_stride(agree, rng):
    agree("max_pool2d", _images(rng, 2, 3, 7, 9), 3, stride=2)


@case("max", en="a stride larger than the window", ja="窓より大きいストライド")
def test_max_gaps(agree, rng):
    agree("max_pool2d", _images(rng, 2, 3, 8, 5), 2, stride=3)


@case("max", en="rows and columns left over", ja="余りの行と列")
def test_max_remainder(agree, rng):
    agree("max_pool2d", _images(rng, 2, 3, 8, 5), 3)
    agree("max_pool2d", _images(rng, 3, 2, 6, 8), 3, stride=2)


@case("max", en="only negative pixels", ja="負の画素だけの画像")
def test_max_negative(agree, rng):
    agree("max_pool2d", _negative(rng, 2, 2, 4, 6), 2)


@case("max", en="pixels far below zero", ja="0 より大幅に小さい画素")
def test_max_far_below_zero(agree, rng):
    agree("max_pool2d", 1e10 * _negative(rng, 1, 2, 4, 4), 2, padding=1)


@case("max", en="padding", ja="パディング")
@pytest.mark.parametrize(("k", "stride", "padding"), [(2, 1, 1), (3, 3, 1), (4, 2, 2)])
def test_max_padding(agree, rng, k, stride, padding):
    agree("max_pool2d", _images(rng, 2, 3, 5, 8), k, stride, padding)


@case("max", en="padding around negative pixels", ja="負の画素の周りのパディング")
def test_max_padding_negative(agree, rng):
    agree("max_pool2d", _negative(rng, 2, 3, 5, 4), 3, stride=2, padding=1)


@case("max", en="a window as large as the image", ja="画像と同じ大きさの窓")
def test_max_window_covers_image(agree, rng):
    agree("max_pool2d", _images(rng, 2, 3, 4, 4), 4)


@case("max", en="a window of one pixel", ja="1 画素の窓")
def test_max_single_pixel(agree, rng):
    agree("max_pool2d", _images(rng, 2, 3, 4, 5), 1)
    agree("max_pool2d", _images(rng, 2, 3, 4, 5), 1, stride=2)


@case("average", en="the standard window without overlap", ja="重なりのない標準的な窓")
def test_avg_default_stride(agree, rng):
    agree("avg_pool2d", _images(rng, 2, 3, 6, 6), 2)
    agree("avg_pool2d", _images(rng, 2, 3, 6, 9), 3, None)


@case("average", en="overlapping windows", ja="重なりのある窓")
def test_avg_overlap(agree, rng):
    agree("avg_pool2d", _images(rng, 2, 3, 4, 4), 3, stride=1)


@case("average", en="overlapping windows with a longer step", ja="重なりがあり、移動間隔の大きい窓")
def test_avg_overlap_stride(agree, rng):
    agree("avg_pool2d", _images(rng, 2, 3, 7, 9), 3, stride=2)


@case("average", en="a stride larger than the window", ja="窓より大きいストライド")
def test_avg_gaps(agree, rng):
    agree("avg_pool2d", _images(rng, 2, 3, 8, 5), 2, stride=3)


@case("average", en="rows and columns left over", ja="余りの行と列")
def test_avg_remainder(agree, rng):
    agree("avg_pool2d", _images(rng, 2, 3, 8, 5), 3)
    agree("avg_pool2d", _images(rng, 3, 2, 6, 8), 3, stride=2)


@case("average", en="only negative pixels", ja="負の画素だけの画像")
def test_avg_negative(agree, rng):
    agree("avg_pool2d", _negative(rng, 2, 2, 4, 6), 2)


@case("average", en="padding", ja="パディング")
@pytest.mark.parametrize(("k", "stride", "padding"), [(2, 1, 1), (3, 3, 1), (4, 2, 2)])
def test_avg_padding(agree, rng, k, stride, padding):
    agree("avg_pool2d", -_negative(rng, 2, 3, 5, 8), k, stride, padding)


@case("average", en="a window as large as the image", ja="画像と同じ大きさの窓")
def test_avg_window_covers_image(agree, rng):
    agree("avg_pool2d", _images(rng, 2, 3, 4, 4), 4)


@case("average", en="a window of one pixel", ja="1 画素の窓")
def test_avg_single_pixel(agree, rng):
    agree("avg_pool2d", _images(rng, 2, 3, 4, 5), 1)
    agree("avg_pool2d", _images(rng, 2, 3, 4, 5), 1, stride=2)


@BOTH
@case("inputs", en="the argument stays as it was", ja="引数を書き換えない")
def test_argument_unchanged(unchanged, rng, name):
    unchanged(name, _images(rng, 2, 3, 4, 6), 2)
    unchanged(name, _images(rng, 2, 3, 5, 4), 3, stride=2, padding=1)


@BOTH
@case("inputs", en="lists", ja="リスト")
def test_lists(agree, rng, name):
    agree(name, _images(rng, 2, 1, 4, 4).tolist(), 2)


@case("inputs", en="integer pixels with padding, maximum", ja="整数の画素とパディング（最大プーリング）")
def test_max_integers(agree, rng):
    agree("max_pool2d", -rng.integers(1, 200, (1, 2, 4, 6)), 2, padding=1)
    # A cast of -inf to 64 bits happens to be small enough; to 16 bits it gives 0.
    agree("max_pool2d", -rng.integers(1, 200, (1, 2, 4, 6)).astype(np.int16), 2, padding=1)


@case("inputs", en="integer pixels, average", ja="整数の画素（平均プーリング）")
def test_avg_integers(agree, rng):
    x = 4 * rng.integers(-50, 50, (1, 2, 2, 4, 2, 2)) + np.array([[1, 0], [0, 0]])
    agree("avg_pool2d", x.transpose(0, 1, 2, 4, 3, 5).reshape(1, 2, 4, 8), 2)


@BOTH
@case("inputs", en="small integer types", ja="桁の小さい整数型")
def test_uint8(agree, rng, name):
    agree(name, rng.integers(130, 256, (1, 2, 4, 4)).astype(np.uint8), 2)


@BOTH
@case("inputs", en="float32", ja="float32")
def test_float32(agree, rng, name):
    agree(name, rng.normal(size=(2, 1, 4, 6)).astype(np.float32), 2, tol=FLOAT32)


@BOTH
@case("inputs", en="an array that is a view of another", ja="別の配列のビュー")
def test_views(agree, rng, name):
    channels_last = _images(rng, 2, 4, 8, 3)
    agree(name, channels_last.transpose(0, 3, 1, 2), 2)
    agree(name, channels_last[:, ::-1, ::2].transpose(0, 3, 1, 2), 2)
