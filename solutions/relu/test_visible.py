"""Checks that you can read and run: ``autograder check relu`` or ``pytest exercises/relu``.

公開テストです。``autograder check relu`` または ``pytest exercises/relu`` で実行できます。
"""

import numpy as np

from autograder.testing import case


@case("relu", en="negative, zero and positive", ja="負、0、正")
def test_five_values(student, expect):
    expect(student.relu(np.array([-2.0, -1.0, 0.0, 1.0, 2.0])), [0.0, 0.0, 0.0, 1.0, 2.0])


@case("relu_shapes", en="a 2-D array keeps its shape", ja="2 次元配列は形状を保つ")
def test_keeps_shape(student, expect):
    expect(student.relu(np.array([[-3.0, 3.0], [0.5, -0.5]])), [[0.0, 3.0], [0.5, 0.0]])


@case("relu_kinds", en="one number: the neuron of the lecture", ja="1 つの数（講義のニューロン）")
def test_one_number(student, expect):
    expect(student.relu(-0.27), 0.0)
    expect(student.relu(3), 3.0)


@case("relu_kinds", en="a list of whole numbers", ja="整数のリスト")
def test_list(student, expect):
    expect(student.relu([-1, 0, 2]), [0, 0, 2])


@case("slope", en="slope 1 for positive inputs, otherwise 0", ja="正なら傾き 1、それ以外は 0")
def test_gradient(student, expect):
    expect(student.relu_grad(np.array([-2.0, 0.0, 3.0])), [0.0, 0.0, 1.0])


@case("relu_unchanged", en="the argument stays as it was", ja="引数を書き換えない")
def test_argument_unchanged(unchanged):
    unchanged("relu", np.array([-1.0, 2.0]))
