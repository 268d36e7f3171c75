"""Checks that you can read and run: ``autograder check softmax`` or ``pytest exercises/softmax``."""

import numpy as np

from autograder.testing import case


@case("values", en="one sample with three classes", ja="3 クラスの 1 サンプル")
def test_three_scores(student, expect):
    expect(student.softmax(np.array([1.0, 2.0, 3.0])), [0.09003057, 0.24472847, 0.66524096])


@case("rows", en="a batch: each row by itself", ja="バッチでは行ごとに計算する")
def test_each_row_by_itself(student, expect):
    x = np.array([[1.0, 2.0, 3.0], [3.0, 3.0, 3.0]])
    expect(student.softmax(x), [[0.09003057, 0.24472847, 0.66524096], [1 / 3, 1 / 3, 1 / 3]])


@case("values", en="with two classes it is the sigmoid", ja="2 クラスならシグモイド関数と同じ")
def test_two_classes(student, expect):
    expect(student.softmax(np.array([1.3, 0.0])), [0.78583498, 0.21416502])


@case("stable", en="scores of ten thousand", ja="1 万ほどの大きな得点")
def test_large_scores(student, expect):
    expect(student.softmax(np.array([10000.0, 0.0, -10000.0])), [1.0, 0.0, 0.0])


@case("axis", en="axis=0 normalises the columns", ja="axis=0 なら列ごと")
def test_columns(student, expect):
    x = np.array([[1.0, 0.0, 5.0], [1.0, 1.3, 5.0]])
    expect(student.softmax(x, axis=0), [[0.5, 0.21416502, 0.5], [0.5, 0.78583498, 0.5]])


@case("unchanged", en="the argument stays as it was", ja="引数を書き換えない")
def test_argument_stays(unchanged):
    unchanged("softmax", np.array([1.0, 2.0, 3.0]))


@case("kinds", en="a list of whole numbers", ja="整数のリスト")
def test_list(student, expect):
    expect(student.softmax([1, 2, 3]), [0.09003057, 0.24472847, 0.66524096])
