"""Hidden suite of `adam`.

The state is opaque, so the tests only hand it on. `walk` feeds the reference's weights to both
versions in each step: what is compared is always one step, never an accumulated rounding. The
tolerances admit the arrangement with "epsilon hat" (corrections moved into the learning rate),
which differs from the stub's formula by about eps / |g|; that is why gradients are of order 1
wherever eps is not the point.
"""

import numpy as np
import pytest

from autograder.testing import Tolerance, case

STEP = Tolerance(rtol=1e-5, atol=1e-6)
SINGLE = Tolerance(rtol=1e-4, atol=1e-5)
SMALL = Tolerance(rtol=1e-2, atol=1e-6)


def gradients(rng, steps, shape):
    """Gradients of both signs with sizes from 0.5 to 3, never near 0."""
    return rng.uniform(0.5, 3, size=(steps, *shape)) * rng.choice([-1.0, 1.0], size=(steps, *shape))


def pair(result, require):
    """The two results of a call, whatever sequence they come in."""
    require(result is not None, "returned_none")
    require(isinstance(result, (tuple, list)) and len(result) == 2, "wrong_length")
    return result


def walk(student, reference, expect, require, w, gs, tol=STEP, **constants):
    """Compare step by step; returns the last weights and the two states."""
    mine = theirs = None
    for g in gs:
        want, theirs = reference.adam(w, g, theirs, **constants)
        got, mine = pair(student.adam(w, g, mine, **constants), require)
        expect(got, want, tol)
        w = want
    return w, mine, theirs


@case("first_step", en="the first step, for gradients of very different size", ja="大きさの異なる勾配での最初の 1 歩")
def test_first_step(student, reference, expect, require, rng):
    g = gradients(rng, 1, (6,)) * np.array([1, 5, 25, 1, 10, 100])
    walk(student, reference, expect, require, rng.normal(size=6), g, lr=0.1)


@case("first_step", en="gradients that are partly 0", ja="一部が 0 の勾配")
def test_zero_gradient(student, reference, expect, require, rng):
    g = gradients(rng, 1, (5,)) * np.array([1, 0, 1, 0, 1])
    walk(student, reference, expect, require, rng.uniform(1, 2, size=5), g, lr=0.1)


@case("several_steps", en="two steps", ja="2 ステップ")
def test_second_step(student, reference, expect, require, rng):
    walk(student, reference, expect, require, rng.normal(size=(2, 3)), gradients(rng, 2, (2, 3)), lr=0.1)


@case("several_steps", en="many steps with changing gradients", ja="勾配が変わる多数のステップ")
def test_many_steps(student, reference, expect, require, rng):
    walk(student, reference, expect, require, rng.normal(size=(3, 4)), gradients(rng, 8, (3, 4)), lr=0.1)


@case("several_steps", en="a gradient that becomes 0 later", ja="途中から 0 になる勾配")
def test_gradient_vanishes_later(student, reference, expect, require, rng):
    gs = gradients(rng, 5, (4,))
    gs[2:] = 0
    walk(student, reference, expect, require, rng.normal(size=4), gs, lr=0.1)


@case("constants", en="the default values", ja="既定値での更新")
def test_defaults(student, reference, expect, require, rng):
    # Small weights: a step is 0.001, and the tolerance must stay far below a wrong default's effect.
    w = rng.uniform(-0.01, 0.01, size=4)
    walk(student, reference, expect, require, w, gradients(rng, 6, (4,)), tol=Tolerance(1e-6, 1e-8))


@case("constants", en="other values of lr, beta1 and beta2", ja="lr、beta1、beta2 を変えたとき")
@pytest.mark.parametrize(("beta1", "beta2"), [(0.6, 0.95), (0.5, 0.2)], ids=["slow", "fast"])
def test_other_betas(student, reference, expect, require, rng, beta1, beta2):
    lr = float(rng.uniform(0.2, 0.5))
    gs = gradients(rng, 4, (5,))
    walk(student, reference, expect, require, rng.normal(size=5), gs, lr=lr, beta1=beta1, beta2=beta2)


@case("constants", en="tiny gradients, where eps counts", ja="eps が効くほど小さな勾配")
def test_tiny_gradients(student, reference, expect, require, rng):
    # At |g| = 1e-4 eps inside the root changes the step by a quarter, "epsilon hat" by 0.3 %.
    # w stays 0, so that the result is the step itself.
    mine = theirs = None
    w = np.zeros(5)
    for g in rng.uniform(0.8e-4, 1.5e-4, size=(3, 5)) * rng.choice([-1.0, 1.0], size=5):
        want, theirs = reference.adam(w, g, theirs, lr=0.1)
        got, mine = pair(student.adam(w, g, mine, lr=0.1), require)
        expect(got, want, SMALL)


@case("constants", en="gradients as small as eps", ja="eps と同程度の勾配")
@pytest.mark.parametrize("eps", [None, 0.1], ids=["default", "large"])
def test_eps_counts(student, reference, expect, require, rng, eps):
    # With beta2 = 0.1 the correction has died out after a few steps, so that "epsilon hat"
    # and the stub's formula are equal however large eps is; only the last step is compared.
    constants = {"lr": 0.5, "beta1": 0.5, "beta2": 0.1} | ({} if eps is None else {"eps": eps})
    mine = theirs = None
    w = np.zeros(4)
    for g in rng.uniform(1, 3, size=(7, 4)) * (eps or 1e-8):
        want, theirs = reference.adam(w, g, theirs, **constants)
        got, mine = pair(student.adam(w, g, mine, **constants), require)
    expect(got, want, STEP)


@case(
    "state", en="two parameters of different shape, updated in turn", ja="形状の違う 2 つのパラメータを交互に更新する"
)
def test_two_parameters_in_turn(student, reference, expect, require, rng):
    ws = [rng.normal(size=(2, 3)), rng.normal(size=3)]
    mine, theirs = [None, None], [None, None]
    for _ in range(3):
        for i, w in enumerate(ws):
            g = gradients(rng, 1, w.shape)[0]
            want, theirs[i] = reference.adam(w, g, theirs[i], lr=0.1)
            got, mine[i] = pair(student.adam(w, g, mine[i], lr=0.1), require)
            expect(got, want, STEP)
            ws[i] = want


@case("state", en="starting again without a state", ja="state なしで最初からやり直す")
def test_starts_afresh_without_state(student, reference, expect, require, rng):
    w, gs = rng.normal(size=4), gradients(rng, 3, (4,))
    want, _ = reference.adam(w, gs[0], lr=0.1)
    before, mine = pair(student.adam(w.copy(), gs[0].copy(), lr=0.1), require)
    for g in gs[1:]:
        _, mine = pair(student.adam(w.copy(), g, mine, lr=0.1), require)
    again, _ = pair(student.adam(w.copy(), gs[0].copy(), lr=0.1), require)
    expect(before, before)  # a nan is no sign of a memory, and would not equal itself below
    expect(again, before, STEP, cause="global_state")
    expect(again, want, STEP)


@case("state", en="the given state stays as it was", ja="渡された state を書き換えない")
def test_state_is_not_modified(student, reference, expect, require, rng):
    w, mine, theirs = walk(student, reference, expect, require, rng.normal(size=4), gradients(rng, 2, (4,)), lr=0.1)
    g, other = gradients(rng, 2, (4,))
    want, _ = reference.adam(w, g, theirs, lr=0.1)
    first, _ = pair(student.adam(w.copy(), g, mine, lr=0.1), require)
    expect(first, want, STEP)
    second, _ = pair(student.adam(w.copy(), g, mine, lr=0.1), require)
    expect(second, want, STEP, cause="state_modified")
    branch, _ = pair(student.adam(w.copy(), other, mine, lr=0.1), require)
    expect(branch, reference.adam(w, other, theirs, lr=0.1)[0], STEP, cause="state_modified")


@case("inputs", en="w and g stay as they were", ja="w と g を書き換えない")
def test_arguments_unchanged(student, reference, expect, require, rng):
    w, gs = rng.normal(size=(3, 2)), gradients(rng, 2, (3, 2))
    mine = theirs = None
    for g in gs:
        want, theirs = reference.adam(w, g, theirs, lr=0.1)
        before = w.copy(), g.copy()
        got, mine = pair(student.adam(w, g, mine, lr=0.1), require)
        require(np.array_equal(w, before[0]) and np.array_equal(g, before[1]), "mutated_argument", (w, g))
        expect(got, want, STEP)


@case("inputs", en="a single number", ja="1 つの数")
def test_plain_numbers(student, reference, expect, require, rng):
    gs = [float(g) for g in gradients(rng, 3, ())]
    walk(student, reference, expect, require, float(rng.uniform(1, 2)), gs, lr=0.1)


@case("inputs", en="integers and lists", ja="整数とリスト")
def test_integers_and_lists(student, reference, expect, require):
    walk(student, reference, expect, require, np.array([3, -2, 7]), np.array([[2, -3, 1], [1, 4, -2]]), lr=0.1)
    walk(student, reference, expect, require, [1.5, -2.0], [[0.5, -1.0], [2.0, 0.75]], lr=0.1)


@case("inputs", en="float32 and arrays that are views", ja="float32 の配列とビュー")
def test_float32_and_views(student, reference, expect, require, rng):
    w, gs = rng.normal(size=(3, 4)), gradients(rng, 3, (3, 4))
    walk(student, reference, expect, require, w.T, gs[:, :, ::-1].transpose(0, 2, 1), lr=0.1)
    walk(student, reference, expect, require, w.astype(np.float32), gs.astype(np.float32), tol=SINGLE, lr=0.1)
