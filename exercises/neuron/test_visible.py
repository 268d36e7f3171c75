"""Checks that you can read and run: ``autograder check neuron`` or ``pytest exercises/neuron``.

公開テストです。``autograder check neuron`` または ``pytest exercises/neuron`` で実行できます。
"""

import numpy as np

from autograder.testing import case


def relu(u):
    return np.maximum(u, 0)


def sigmoid(u):
    return 1 / (1 + np.exp(-np.asarray(u)))


@case("sum", en="the neuron with three inputs of the lecture", ja="講義の 3 入力ニューロン")
def test_three_inputs(student, expect):
    expect(student.preactivation(np.array([0.3, -0.5, 0.2]), np.array([0.1, 0.8, -0.5]), 0.2), -0.27)


@case("sum_batch", en="two samples at once", ja="2 サンプルをまとめて計算")
def test_two_samples(student, expect):
    x = np.array([[1.0, 2.0, 3.0], [0.0, -1.0, 4.0]])
    expect(student.preactivation(x, np.array([2.0, 0.5, -1.0]), 0.25), [0.25, -4.25])


@case("activation", en="ReLU and sigmoid after the same sum", ja="同じ合計に ReLU とシグモイドを適用")
def test_two_activations(student, expect):
    x, w = np.array([0.3, -0.5, 0.2]), np.array([0.1, 0.8, -0.5])
    expect(student.neuron(x, w, 0.2, relu), 0.0)
    expect(student.neuron(x, w, 0.2, sigmoid), 0.43290709503454565)


@case("neuron_batch", en="the lecture's program n(x1, x2), four samples", ja="講義のプログラム n(x1, x2) の 4 通り")
def test_four_samples(student, expect):
    x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    expect(student.neuron(x, np.array([1.0, 1.0]), -0.5, relu), [0.0, 0.5, 0.5, 1.5])


@case("neuron_batch", en="the inputs of self-study 2", ja="自習 2 の入力")
def test_self_study(student, expect):
    x = np.array([[0.1, 0.8, -0.5], [5.1, 0.8, -0.5], [10.1, 0.8, -0.5], [15.1, 0.8, -0.5]])
    expect(student.neuron(x, np.array([0.3, -0.5, 0.2]), 0.2, relu), [0.0, 1.23, 2.73, 4.23])


@case("sum_kinds", en="lists and whole numbers", ja="リストと整数")
def test_lists(student, expect):
    expect(student.preactivation([1, 2, 3], [2, -3, 1], 1), 0)
