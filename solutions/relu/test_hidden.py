"""Hidden suite of `relu`."""

import numpy as np

from autograder.testing import case


@case("relu", en="negative inputs", ja="負の入力")
def test_negative_is_zero(agree, rng):
    agree("relu", -rng.uniform(0.5, 5, size=(3, 4)))


@case("relu", en="inputs of both signs", ja="正負が混ざった入力")
def test_mixed_signs(agree, rng):
    agree("relu", rng.normal(size=(4, 5)) * 3)


@case("relu", en="large positive inputs", ja="大きな正の入力")
def test_large_values_pass_through(agree, rng):
    agree("relu", rng.uniform(2, 50, size=7))


@case("gradient", en="slope on both sides of 0", ja="0 の両側での傾き")
def test_grad_mixed_signs(agree, rng):
    agree("relu_grad", rng.normal(size=(4, 5)) * 3)


@case("gradient", en="slope at exactly 0", ja="ちょうど 0 での傾き")
def test_grad_at_zero(agree):
    agree("relu_grad", np.array([-2.5, 0.0, 3.0]))


@case("inputs", en="the argument stays as it was", ja="引数を書き換えない")
def test_input_unchanged(unchanged, rng):
    unchanged("relu", rng.normal(size=(3, 4)))
    unchanged("relu_grad", rng.normal(size=(3, 4)))


@case("inputs", en="a single number", ja="1 つの数")
def test_scalar(agree, rng):
    agree("relu", float(rng.uniform(1.5, 3)))
    agree("relu", -float(rng.uniform(1.5, 3)))


@case("inputs", en="integers and lists", ja="整数とリスト")
def test_integers_and_lists(agree):
    agree("relu", [-3, 0, 7])
    agree("relu_grad", np.array([[-3, 2], [5, -1]]))


@case("inputs", en="empty and three-dimensional arrays", ja="空の配列と 3 次元の配列")
def test_other_shapes(agree, rng):
    agree("relu", np.zeros((0, 3)))
    agree("relu", rng.normal(size=(2, 3, 4)))
