"""Checks of the sample exercise `relu`."""

import numpy as np

from autograder.testing import case


@case("relu", en="negative, zero and positive", ja="負、0、正")
def test_five_values(student, expect):
    expect(student.relu(np.array([-2.0, -1.0, 0.0, 1.0, 2.0])), [0.0, 0.0, 0.0, 1.0, 2.0])


@case("relu", en="a 2-D array keeps its shape", ja="2 次元配列は形状を保つ")
def test_keeps_shape(student, expect):
    expect(student.relu(np.array([[-3.0, 3.0], [0.5, -0.5]])), [[0.0, 3.0], [0.5, 0.0]])


@case("relu", en="the argument stays as it was", ja="引数を書き換えない")
def test_argument_stays(unchanged):
    unchanged("relu", np.array([-1.0, 2.0]))


@case("gradient", en="slope 1 for positive inputs, otherwise 0", ja="正なら傾き 1、それ以外は 0")
def test_gradient(student, expect):
    expect(student.relu_grad(np.array([-2.0, 0.0, 3.0])), [0.0, 0.0, 1.0])
