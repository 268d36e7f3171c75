"""Checks that you can read and run: ``autograder check pooling`` or ``pytest exercises/pooling``."""

import numpy as np
import pytest

from autograder.testing import case

IMAGE = np.array([[[[7.0, 3.0, 2.0, 9.0], [4.0, 6.0, 5.0, 0.0], [1.0, 2.0, 3.0, 4.0], [8.0, 1.0, -4.0, 5.0]]]])


@case("max", en="4x4 image, 3x3 window, stride 1: a 2x2 result", ja="4×4 の画像、3×3 の窓、ストライド 1 なら 2×2")
def test_max_of_overlapping_windows(student, expect):
    expect(student.max_pool2d(IMAGE, 3, stride=1), [[[[7.0, 9.0], [8.0, 6.0]]]])


@case("max", en="without a stride, windows lie side by side", ja="ストライドを省略すると窓は重ならない")
def test_max_default_stride(student, expect):
    expect(student.max_pool2d(IMAGE, 2), [[[[7.0, 9.0], [8.0, 5.0]]]])


@case("max", en="negative pixels, with padding", ja="負の画素とパディング")
def test_max_padding(student, expect):
    x = np.array([[[[-1.0, -2.0], [-3.0, -4.0]]]])
    expect(student.max_pool2d(x, 2, stride=1, padding=1), [[[[-1, -1, -2], [-1, -1, -2], [-3, -3, -4]]]])


@case("average", en="4x4 image, windows of 3x3 and 2x2", ja="4×4 の画像、3×3 と 2×2 の窓")
def test_average(student, expect):
    expect(student.avg_pool2d(IMAGE, 3, stride=1), [[[[33 / 9, 34 / 9], [26 / 9, 22 / 9]]]])
    expect(student.avg_pool2d(IMAGE, 2), [[[[5.0, 4.0], [3.0, 2.0]]]])


@case("average", en="padded zeros count", ja="付け足した 0 も数える")
def test_average_padding(student, expect):
    x = np.array([[[[4.0, 8.0], [12.0, 16.0]]]])
    expect(student.avg_pool2d(x, 2, stride=1, padding=1), [[[[1, 3, 2], [4, 10, 6], [3, 7, 4]]]])


@case("inputs", en="the argument stays as it was", ja="引数を書き換えない")
@pytest.mark.parametrize("name", ["max_pool2d", "avg_pool2d"])
def test_argument_unchanged(unchanged, name):
    unchanged(name, np.arange(32.0).reshape(1, 2, 4, 4), 2)
