"""Checks that you can read and run: ``autograder check conv2d`` or ``pytest exercises/conv2d``."""

import numpy as np

from autograder.testing import case


@case("window", en="the lecture's picture: 5x5 image, 3x3 kernel", ja="講義の図：5×5 の画像と 3×3 のカーネル")
def test_lecture_picture(student, expect):
    image = np.array([[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]], dtype=float)
    kernel = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]], dtype=float)
    out = student.conv2d(image.reshape(1, 1, 5, 5), kernel.reshape(1, 1, 3, 3), np.array([0.0]))
    expect(out, [[[[4, 3, 4], [2, 4, 3], [2, 3, 4]]]])


@case("window", en="a kernel that looks different upside down", ja="上下左右で形の違うカーネル")
def test_kernel_is_laid_on_as_it_is(student, expect):
    image = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]])
    kernel = np.array([[1.0, 0.0], [0.0, 10.0]])
    out = student.conv2d(image.reshape(1, 1, 3, 3), kernel.reshape(1, 1, 2, 2), np.array([0.0]))
    expect(out, [[[[51.0, 62.0], [84.0, 95.0]]]])


@case("stride", en="the lecture's picture with stride 1 and 2", ja="講義の図：ストライド 1 と 2")
def test_lecture_strides(student, expect):
    image = np.array([[0, 1, 1, 0], [1, 0, 1, 0], [1, 0, 1, 0], [0, 1, 0, 0]], dtype=float).reshape(1, 1, 4, 4)
    kernel = np.array([[1, 0], [0, 1]], dtype=float).reshape(1, 1, 2, 2)
    expect(student.conv2d(image, kernel, np.array([0.0]), stride=1), [[[[0, 2, 1], [1, 1, 1], [2, 0, 1]]]])
    expect(student.conv2d(image, kernel, np.array([0.0]), stride=2), [[[[0, 1], [2, 1]]]])


@case("padding", en="one ring of zeros around a 2x2 image", ja="2×2 の画像を 0 で 1 周囲む")
def test_padding(student, expect):
    image = np.array([[1.0, 2.0], [3.0, 4.0]]).reshape(1, 1, 2, 2)
    kernel = np.array([[1.0, 2.0], [3.0, 4.0]]).reshape(1, 1, 2, 2)
    out = student.conv2d(image, kernel, np.array([0.0]), padding=1)
    expect(out, [[[[4.0, 11.0, 6.0], [14.0, 30.0, 14.0], [6.0, 11.0, 4.0]]]])


@case("together", en="two channels, three filters with a bias each", ja="2 チャンネル、バイアス付きのフィルター 3 枚")
def test_channels_filters_bias(student, expect):
    x = np.array([[[[1.0, 2.0], [3.0, 4.0]], [[10.0, 20.0], [30.0, 40.0]]]])  # (1, 2, 2, 2)
    w = np.array([[1.0, 1.0], [2.0, 0.0], [0.0, -1.0]]).reshape(3, 2, 1, 1)
    out = student.conv2d(x, w, np.array([0.5, 100.0, 3.0]))
    expect(out, [[[[11.5, 22.5], [33.5, 44.5]], [[102.0, 104.0], [106.0, 108.0]], [[-7.0, -17.0], [-27.0, -37.0]]]])


@case("rectangular", en="neither image nor kernel is square", ja="画像もカーネルも正方形でない場合")
def test_rectangular(student, expect):
    image = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]).reshape(1, 1, 2, 3)
    out = student.conv2d(image, np.array([[[[1.0, 10.0]]]]), np.array([0.0]))
    expect(out, [[[[21.0, 32.0], [54.0, 65.0]]]])


@case("lists", en="lists instead of arrays", ja="配列の代わりにリストを渡す")
def test_lists(student, expect):
    out = student.conv2d([[[[1.0, 2.0], [3.0, 4.0]]]], [[[[1.0, 0.0], [0.0, 10.0]]]], [0.5])
    expect(out, [[[[41.5]]]])


@case("unchanged", en="the arguments stay as they were", ja="引数を書き換えない")
def test_arguments_unchanged(unchanged):
    x = np.arange(16.0).reshape(1, 1, 4, 4)
    unchanged("conv2d", x, np.ones((1, 1, 2, 2)), np.array([1.0]))
