"""Checks that you can read and run: ``autograder check adam`` or ``pytest exercises/adam``."""

import numpy as np
import pytest

from autograder.testing import Tolerance, case

STEP = Tolerance(rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("start", [-1.0, 1.0], ids=["from_left", "from_right"])
@case("several_steps", en="walking down f(w) = w**2 from both sides", ja="f(w) = w**2 を左右両側から下る")
def test_square_from_both_sides(student, expect, start):
    w, state, path = start, None, []
    for _ in range(4):
        w, state = student.adam(w, 2 * w, state, lr=0.1)
        path.append(w)
    expect(path, start * np.array([0.9, 0.800412, 0.701586, 0.603939]), STEP)


@case(
    "first_step", en="the first step has size lr, whatever the gradient", ja="最初の 1 歩の幅は勾配の大きさによらず lr"
)
def test_first_step_has_size_lr(student, expect):
    w_new, _ = student.adam(np.array([1.0, -2.0, 0.5]), np.array([0.5, -1.0, 20.0]), lr=0.1)
    expect(w_new, [0.9, -1.9, 0.4], STEP)


@case("several_steps", en="three steps with changing gradients", ja="勾配が変わる 3 ステップ")
def test_three_steps(student, expect):
    w, state = np.array([1.0, -2.0, 0.5]), None
    w, state = student.adam(w, np.array([0.5, -1.0, 2.0]), state, lr=0.1)
    w, state = student.adam(w, np.array([-1.0, 0.25, 2.0]), state, lr=0.1)
    w, state = student.adam(w, np.array([0.5, 0.5, -4.0]), state, lr=0.1)
    expect(w, [0.93634943, -1.84830984, 0.30756493], STEP)


@case("constants", en="other values of lr, beta1 and beta2", ja="lr、beta1、beta2 を変える")
def test_other_constants(student, expect):
    w, state = np.array([1.0, -2.0, 0.5]), None
    w, state = student.adam(w, np.array([0.5, -1.0, 2.0]), state, lr=0.5, beta1=0.5, beta2=0.75)
    w, state = student.adam(w, np.array([-1.0, 0.25, 2.0]), state, lr=0.5, beta1=0.5, beta2=0.75)
    expect(w, [0.8034885, -1.37770011, -0.5], STEP)


@case("zero_gradient", en="a gradient of 0 moves nothing", ja="勾配が 0 なら動かない")
def test_zero_gradient(student, expect):
    w_new, _ = student.adam(np.array([3.0, -1.0]), np.array([0.0, 2.0]), lr=0.1)
    expect(w_new, [3.0, -1.1], STEP)


@case("unchanged", en="the same call made twice gives the same result", ja="同じ呼び出しを 2 回すると同じ結果になる")
def test_same_call_twice(student, expect, after):
    w, g = np.array([1.0, -2.0]), np.array([0.5, -1.0])
    _, state = student.adam(w, g, lr=0.1)
    first, _ = student.adam(w, 3 * g, state, lr=0.1)
    second, _ = student.adam(w, 3 * g, after(2), lr=0.1)  # the state as the first call left it
    expect(second, first)


@case("lists", en="lists instead of arrays", ja="配列の代わりにリストを渡す")
def test_lists(student, expect):
    w_new, _ = student.adam([1.0, -2.0, 0.5], [0.5, -1.0, 2.0], lr=0.1)
    expect(w_new, [0.9, -1.9, 0.4], STEP)


@case("unchanged", en="w and g stay as they were", ja="w と g を書き換えない")
def test_arguments_unchanged(student, expect, after):
    w, g = np.array([1.0, -2.0, 0.5]), np.array([0.5, -1.0, 2.0])
    w_new, _ = student.adam(w, g, lr=0.1)
    expect(after(0), [1.0, -2.0, 0.5], cause="mutated_argument")
    expect(after(1), [0.5, -1.0, 2.0], cause="mutated_argument")
    expect(w_new, [0.9, -1.9, 0.4], STEP)
