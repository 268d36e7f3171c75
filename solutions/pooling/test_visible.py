"""Checks that you can read and run: ``autograder check pooling`` or ``pytest exercises/pooling``."""

import numpy as np
import pytest

from autograder.testing import case

IMAGE = np.array([[[[7.0, 3.0, 2.0, 9.0], [4.0, 6.0, 5.0, 0.0], [1.0, 2.0, 3.0, 4.0], [8.0, 1.0, -4.0, 5.0]]]])


def both(max_result, average_result):
    """One test of each function, with its result."""
    pairs = [("max_pool2d", max_result), ("avg_pool2d", average_result)]
    return pytest.mark.parametrize(("name", "result"), pairs, ids=["max", "average"])


@both([[[[9.0]]]], [[[[3.5]]]])
@case("max", en="one window that covers the image", ja="画像全体を覆う 1 つの窓")
def test_one_window(student, expect, name, result):
    expect(getattr(student, name)(IMAGE, 4), result)


@both([[[[7.0, 9.0], [8.0, 6.0]]]], [[[[33 / 9, 34 / 9], [26 / 9, 22 / 9]]]])
@case("stride", en="4x4 image, 3x3 window, stride 1: a 2x2 result", ja="4×4 の画像、3×3 の窓、ストライド 1 なら 2×2")
def test_overlapping_windows(student, expect, name, result):
    expect(getattr(student, name)(IMAGE, 3, stride=1), result)


@both([[[[7.0, 9.0], [8.0, 5.0]]]], [[[[5.0, 4.0], [3.0, 2.0]]]])
@case("default_stride", en="without a stride, windows lie side by side", ja="ストライドを省略すると窓は重ならない")
def test_default_stride(student, expect, name, result):
    expect(getattr(student, name)(IMAGE, 2), result)


@both([[[[-1, -1, -2], [-1, -1, -2], [-3, -3, -4]]]], [[[[-0.25, -0.75, -0.5], [-1, -2.5, -1.5], [-0.75, -1.75, -1]]]])
@case("padding", en="negative pixels, with padding", ja="負の画素とパディング")
def test_padding(student, expect, name, result):
    x = np.array([[[[-1.0, -2.0], [-3.0, -4.0]]]])
    expect(getattr(student, name)(x, 2, stride=1, padding=1), result)


@both([[[[6.0]], [[8.0]]]], [[[[3.0]], [[3.0]]]])
@case("images", en="two channels, each by itself", ja="2 つのチャンネルを別々に処理")
def test_channels(student, expect, name, result):
    x = np.array([[[[1.0, 2.0], [3.0, 6.0]], [[8.0, 4.0], [0.0, 0.0]]]])  # (1, 2, 2, 2)
    expect(getattr(student, name)(x, 2), result)


@both([[[[6.0, 8.0]]]], [[[[3.5, 5.5]]]])
@case("rectangular", en="an image that is not square", ja="正方形でない画像")
def test_rectangular_image(student, expect, name, result):
    x = np.array([[[[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]]])
    expect(getattr(student, name)(x, 2), result)


@both([[[[6.0]]]], [[[[3.0]]]])
@case("lists", en="lists instead of arrays", ja="配列の代わりにリストを渡す")
def test_lists(student, expect, name, result):
    expect(getattr(student, name)([[[[1.0, 2.0], [3.0, 6.0]]]], 2), result)


@pytest.mark.parametrize("name", ["max_pool2d", "avg_pool2d"])
@case("unchanged", en="the argument stays as it was", ja="引数を書き換えない")
def test_argument_unchanged(unchanged, name):
    unchanged(name, np.arange(16.0).reshape(1, 1, 4, 4), 2)
