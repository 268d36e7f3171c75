"""Checks that you can read and run: ``autograder check cross_entropy`` or ``pytest exercises/cross_entropy``."""

import numpy as np

from autograder.testing import case


@case("ce_labels", en="two samples with class labels", ja="クラス番号で正解を与えた 2 サンプル")
def test_two_samples(student, expect):
    p = np.array([[0.0068, 0.1592, 0.8340], [0.5, 0.25, 0.25]])
    expect(student.cross_entropy(p, np.array([2, 1])), 0.783908119)


@case("ce_one_hot", en="two samples with one-hot targets", ja="one-hot で正解を与えた 2 サンプル")
def test_one_hot(student, expect):
    p = np.array([[0.0068, 0.1592, 0.8340], [0.5, 0.25, 0.25]])
    expect(student.cross_entropy(p, np.array([[0, 0, 1], [0, 1, 0]])), 0.783908119)


@case("ce_soft", en="a soft target", ja="ソフトな正解")
def test_soft_target(student, expect):
    expect(student.cross_entropy(np.array([[0.9, 0.1]]), np.array([[0.5, 0.5]])), 1.203972804)


@case("ce_vector", en="one sample as a vector", ja="ベクトルで渡された 1 サンプル")
def test_vector(student, expect):
    expect(student.cross_entropy(np.array([0.0068, 0.1592, 0.8340]), 2), 0.181521877)


@case("ce_eps", en="the right class got probability 0", ja="正解クラスの確率が 0")
def test_probability_zero(student, expect):
    expect(student.cross_entropy(np.array([[1.0, 0.0]]), np.array([1])), 27.631021116)


@case("ce_kinds", en="lists", ja="リスト")
def test_lists(student, expect):
    expect(student.cross_entropy([[0.9, 0.1], [0.25, 0.75]], [0, 1]), 0.196521294)


@case("logits_labels", en="logits of two samples", ja="2 サンプルのロジット")
def test_logits(student, expect):
    z = np.array([[1.0, 2.0, 3.0], [3.0, 3.0, 3.0]])
    expect(student.softmax_cross_entropy(z, np.array([2, 0])), 0.753109127)


@case("logits_huge", en="a very large loss is not cut off", ja="非常に大きな損失を打ち切らない")
def test_large_logits(student, expect):
    expect(student.softmax_cross_entropy(np.array([[10000.0, 0.0, -10000.0]]), np.array([2])), 20000.0)
