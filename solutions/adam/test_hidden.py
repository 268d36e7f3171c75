"""Hidden suite of `adam`.

Each group asks one question, with the plainest input that can ask it: float64 arrays, gradients
away from 0, and the first step alone wherever it can show the property; only `several_steps` and
the betas need more. The state is opaque, so the tests only hand it on. `walk` feeds the
reference's weights to both versions in each step: what is compared is always one step, never an
accumulated rounding. The tolerances admit the arrangement with "epsilon hat" (corrections moved
into the learning rate), which differs from the stub's formula by about eps / |g|; that is why
gradients are of order 1 wherever eps is not the point.
"""

import numpy as np
import pytest

from autograder.testing import Failed, Tolerance, case
from autograder.testing.properties import as_views

STEP = Tolerance(rtol=1e-5, atol=1e-6)
SINGLE = Tolerance(rtol=1e-4, atol=1e-5)
SMALL = Tolerance(rtol=1e-2, atol=1e-6)


def gradients(rng, steps, shape=(4,)):
    """Gradients of both signs with sizes from 0.5 to 3, never near 0.

    Nearly all have one shape: what is kept outside the state is then wrong, but raises nothing.
    """
    return rng.uniform(0.5, 3, size=(steps, *shape)) * rng.choice([-1.0, 1.0], size=(steps, *shape))


def pair(result, require):
    """The two results of a call, whatever sequence they come in."""
    require(result is not None, "returned_none")
    require(isinstance(result, (tuple, list)) and len(result) == 2, "wrong_length")
    return result


def walk(student, reference, expect, require, w, gs, tol=STEP, **constants):
    """Compare step by step."""
    mine = theirs = None
    for g in gs:
        want, theirs = reference.adam(w, g, theirs, **constants)
        got, mine = pair(student.adam(w, g, mine, **constants), require)
        try:
            expect(got, want, tol)
        except Failed:
            first, again = (pair(student.adam(w, g, None, **constants), require)[0] for _ in range(2))
            if np.asarray(first).dtype.kind in "fiu" and np.all(np.isfinite(first)):  # a nan would not equal itself
                expect(again, first, tol, cause="global_state")
            raise
        w = want


@case("first_step", en="gradients of very different size", ja="大きさの異なる勾配")
def test_first_step(student, reference, expect, require, rng):
    g = gradients(rng, 1) * np.array([1, 5, 25, 100])
    walk(student, reference, expect, require, rng.normal(size=4), g, lr=0.1)


@case("zero_gradient", en="elements whose gradient is 0 stay", ja="勾配が 0 の要素はそのまま残る")
def test_zero_gradient(student, expect, require, rng):
    w, moves = rng.uniform(1, 2, size=4), np.array([1, 0, 1, 0])
    got, _ = pair(student.adam(w, gradients(rng, 1)[0] * moves, lr=0.1), require)
    require(np.shape(got) == (4,), "wrong_shape")
    expect(np.asarray(got)[moves == 0], w[moves == 0], STEP)
    require(np.all(np.asarray(got)[moves == 1] != w[moves == 1]))


@case("several_steps", en="two steps", ja="2 ステップ")
def test_second_step(student, reference, expect, require, rng):
    walk(student, reference, expect, require, rng.normal(size=4), gradients(rng, 2), lr=0.1)


@case("several_steps", en="many steps with changing gradients", ja="勾配が変わる多数のステップ")
def test_many_steps(student, reference, expect, require, rng):
    walk(student, reference, expect, require, rng.normal(size=4), gradients(rng, 8), lr=0.1)


@case("several_steps", en="a gradient that becomes 0 later", ja="途中から 0 になる勾配")
def test_gradient_vanishes_later(student, reference, expect, require, rng):
    gs = gradients(rng, 5)
    gs[2:] = 0
    walk(student, reference, expect, require, rng.normal(size=4), gs, lr=0.1)


@case("constants", en="another lr", ja="lr を変えたとき")
def test_other_lr(student, reference, expect, require, rng):
    lr = float(rng.uniform(0.2, 0.5))
    walk(student, reference, expect, require, rng.normal(size=4), gradients(rng, 1), lr=lr)


@case("constants", en="other values of beta1 and beta2", ja="beta1、beta2 を変えたとき")
@pytest.mark.parametrize(("beta1", "beta2"), [(0.6, 0.95), (0.5, 0.2)], ids=["slow", "fast"])
def test_other_betas(student, reference, expect, require, rng, beta1, beta2):
    gs = gradients(rng, 4)
    walk(student, reference, expect, require, rng.normal(size=4), gs, lr=0.1, beta1=beta1, beta2=beta2)


@case("defaults", en="the default values", ja="既定値での更新")
def test_defaults(student, reference, expect, require, rng):
    # Compared with the student's own steps for the same constants, given by name. The weights are
    # small: a step is 0.001, and the tolerance must stay far below a wrong default's effect.
    w, tol = rng.uniform(-0.01, 0.01, size=4), Tolerance(1e-6, 1e-8)
    default = given = None
    for i, g in enumerate(gradients(rng, 4)):
        got, default = pair(student.adam(w, g, default), require)
        want, given = student.adam(w, g, given, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8)
        if i == 0:
            expect(got, reference.adam(w, g)[0], tol)
        expect(got, want, tol)
    g = np.full(4, 1e-8)  # where eps counts
    expect(student.adam(w * 0, g)[0], student.adam(w * 0, g, eps=1e-8)[0], tol)


@case("eps", en="tiny gradients, where eps counts", ja="eps が効くほど小さな勾配")
def test_tiny_gradients(student, reference, expect, require, rng):
    # At |g| = 1e-4 eps inside the root changes the step by a quarter, "epsilon hat" by 0.3 %.
    # w is 0, so that the result is the step itself.
    g = rng.uniform(0.8e-4, 1.5e-4, size=(1, 4)) * rng.choice([-1.0, 1.0], size=4)
    walk(student, reference, expect, require, np.zeros(4), g, SMALL, lr=0.1)


@case("eps", en="gradients as small as eps", ja="eps と同程度の勾配")
@pytest.mark.parametrize("eps", [None, 0.1], ids=["default", "large"])
def test_eps_counts(student, reference, expect, require, rng, eps):
    # With beta2 = 0 there is nothing to correct in v, so that "epsilon hat" and the stub's
    # formula are equal however large eps is.
    constants = {"lr": 0.5, "beta2": 0.0} | ({} if eps is None else {"eps": eps})
    g = rng.uniform(1, 3, size=(1, 4)) * (eps or 1e-8)
    walk(student, reference, expect, require, np.zeros(4), g, **constants)


@case("own_state", en="two parameters, updated in turn", ja="2 つのパラメータを交互に更新する")
def test_two_parameters_in_turn(student, reference, expect, require, rng):
    # In turn or one after the other: the steps of each are the same.
    ws, gs = rng.normal(size=(2, 4)), [gradients(rng, 3), gradients(rng, 3)]
    alone = []
    for w, g in zip(ws, gs, strict=True):
        state, path = None, []
        for step in range(3):
            got, state = pair(student.adam(w, g[step], state, lr=0.1), require)
            expect(got, got)  # a nan is no sign of a memory, and would not equal itself below
            path.append(got)
        alone.append(path)
    states = [None, None]
    for step in range(3):
        for i, w in enumerate(ws):
            got, states[i] = pair(student.adam(w, gs[i][step], states[i], lr=0.1), require)
            expect(got, alone[i][step], STEP, cause="global_state")
    expect(alone[0][0], reference.adam(ws[0], gs[0][0], lr=0.1)[0], STEP)


@case("own_state", en="starting again without a state", ja="state なしで最初からやり直す")
def test_starts_afresh_without_state(student, reference, expect, require, rng):
    w, gs = rng.normal(size=4), gradients(rng, 3)
    want, _ = reference.adam(w, gs[0], lr=0.1)
    before, mine = pair(student.adam(w, gs[0], lr=0.1), require)
    for g in gs[1:]:
        _, mine = pair(student.adam(w, g, mine, lr=0.1), require)
    again, _ = pair(student.adam(w, gs[0], lr=0.1), require)
    expect(before, before)  # a nan is no sign of a memory, and would not equal itself below
    expect(again, before, STEP, cause="global_state")
    expect(again, want, STEP)


@case("unchanged", en="w and g stay as they were", ja="w と g を書き換えない")
def test_arguments_unchanged(student, reference, expect, require, after, rng):
    w, g = rng.normal(size=4), gradients(rng, 1)[0]
    got, _ = pair(student.adam(w, g, lr=0.1), require)
    left = after(0), after(1)
    require(np.array_equal(w, left[0]) and np.array_equal(g, left[1]), "mutated_argument", left)
    expect(got, reference.adam(w, g, lr=0.1)[0], STEP)


@case("unchanged", en="the given state stays as it was", ja="渡された state を書き換えない")
def test_state_is_not_modified(student, reference, expect, require, after, rng):
    w, (g, other) = rng.normal(size=4), gradients(rng, 2)
    got, state = pair(student.adam(w, g, lr=0.1), require)
    expect(got, reference.adam(w, g, lr=0.1)[0], STEP)
    first, _ = pair(student.adam(w, other, state, lr=0.1), require)
    expect(first, first)
    for _ in range(2):
        again, _ = pair(student.adam(w, other, after(2), lr=0.1), require)
        expect(again, first, STEP, cause="state_modified")


@case("numbers", en="a single number", ja="1 つの数")
def test_plain_numbers(student, reference, expect, require, rng):
    gs = [float(g) for g in gradients(rng, 1, ())]
    walk(student, reference, expect, require, float(rng.uniform(1, 2)), gs, lr=0.1)


@case("lists", en="lists", ja="リスト")
def test_lists(student, reference, expect, require, rng):
    w, gs = rng.normal(size=4).tolist(), gradients(rng, 1).tolist()
    walk(student, reference, expect, require, w, gs, lr=0.1)


@case("integers", en="integers", ja="整数")
def test_integers(student, reference, expect, require, rng):
    w, gs = np.array([3, -2, 7, 4]), rng.integers(1, 5, size=(1, 4)) * np.array([1, -1, 1, -1])
    walk(student, reference, expect, require, w, gs, lr=0.1)


@case("arrays", en="arrays that are views", ja="ビュー（メモリが連続でない配列）")
def test_views(student, reference, expect, require, rng):
    walk(student, reference, expect, require, as_views(rng.normal(size=4)), [as_views(gradients(rng, 1)[0])], lr=0.1)


@case("arrays", en="float32", ja="float32 の配列")
def test_float32(student, reference, expect, require, rng):
    w, gs = rng.normal(size=4).astype(np.float32), gradients(rng, 1).astype(np.float32)
    walk(student, reference, expect, require, w, gs, tol=SINGLE, lr=0.1)
