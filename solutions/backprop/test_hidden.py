"""Hidden suite of `backprop`.

Each group asks one question, with the plainest network that can ask it: float64 arrays, sizes
that all differ (a transposed matrix does not fit; where it fits silently is asked once for each
gradient), moderate logits, and a batch in which every class occurs. A gradient is compared alone,
so that a missing or wrong one leaves the points of the others. `NEAR` forgives rounding and a
small eps inside the logarithm; `precision` and `improbable` do not.
"""

from collections.abc import Mapping

import numpy as np
import pytest

from autograder.testing import Tolerance, case

NEAR = Tolerance(rtol=1e-4, atol=1e-4)
NAMES = ("W1", "b1", "W2", "b2")
SIZES = (6, 3, 8, 4)  # N, D, H, K
SQUARE = (4, 4, 4, 4)
BOTH = pytest.mark.parametrize("name", ["mlp_forward", "mlp_loss_and_grads"])


def problem(rng, sizes=SIZES):
    """Parameters of both signs, no bias 0, about half of the hidden units active; samples; every class."""
    n, d, h, k = sizes
    params = {
        "W1": rng.uniform(0.2, 1, size=(d, h)) * rng.choice([-1.0, 1.0], size=(d, h)),
        "b1": rng.uniform(0.1, 0.5, size=h) * rng.choice([-1.0, 1.0], size=h),
        "W2": rng.uniform(0.2, 0.8, size=(h, k)) * rng.choice([-1.0, 1.0], size=(h, k)),
        "b2": rng.uniform(0.1, 0.5, size=k) * rng.choice([-1.0, 1.0], size=k),
    }
    return params, rng.uniform(-1.5, 1.5, size=(n, d)), rng.permutation(np.arange(n) % k)


class Ask:
    """Compare parts of what student and reference give for the same arguments."""

    def __init__(self, student, reference, expect, require):
        self.student, self.reference, self.expect, self.require = student, reference, expect, require

    def backward(self, args):
        """The student's loss and gradients, whatever sequence they come in."""
        result = self.student.mlp_loss_and_grads(*args)
        self.require(result is not None, "returned_none")
        self.require(isinstance(result, (tuple, list)) and len(result) == 2, "wrong_length")
        return result

    def loss(self, args, tol=NEAR):
        want, _ = self.reference.mlp_loss_and_grads(*args)
        self.expect(self.backward(args)[0], want, tol, sizes=(len(args[1]), len(args[0]["b2"])))

    def grads(self, args, *names, tol=NEAR):
        """Compare the gradients called `names`; others may be wrong or missing."""
        _, want = self.reference.mlp_loss_and_grads(*args)
        _, grads = self.backward(args)
        self.require(isinstance(grads, Mapping), "wrong_type")
        for name in names:
            self.require(name in grads, "wrong_keys")
            self.expect(grads[name], want[name], tol, sizes=(len(args[1]),))

    def either(self, name, args):
        """A property of one of the two functions: the logits, or the gradient that needs least."""
        if name == "mlp_forward":
            want = self.reference.mlp_forward(args[1], args[0])
            self.expect(self.student.mlp_forward(args[1], args[0]), want, NEAR)
        else:
            self.grads(args, "W2")


@case("forward", en="the logits", ja="ロジット")
def test_forward(agree, rng):
    for sizes in (SIZES, SQUARE):
        params, x, _ = problem(rng, sizes)
        agree("mlp_forward", x, params, tol=NEAR)


@BOTH
@case("by_name", en="parameters in another order", ja="順序の違うパラメータ")
def test_order_of_params(student, reference, expect, require, rng, name):
    ask = Ask(student, reference, expect, require)
    params, x, t = problem(rng, SQUARE)
    ask.either(name, ({key: params[key] for key in ("W2", "b2", "W1", "b1")}, x, t))


@case("loss", en="the mean over the batch", ja="バッチでの平均")
def test_loss(student, reference, expect, require, rng):
    ask = Ask(student, reference, expect, require)
    for _ in range(2):
        ask.loss(problem(rng))


@case("output_weights", en="W2", ja="W2 の勾配")
def test_output_weights(student, reference, expect, require, rng):
    ask = Ask(student, reference, expect, require)
    for sizes in (SIZES, SQUARE):
        ask.grads(problem(rng, sizes), "W2")


@case("output_bias", en="b2", ja="b2 の勾配")
def test_output_bias(student, reference, expect, require, rng):
    ask = Ask(student, reference, expect, require)
    for sizes in (SIZES, SQUARE):
        ask.grads(problem(rng, sizes), "b2")


@case("hidden_weights", en="W1", ja="W1 の勾配")
def test_hidden_weights(student, reference, expect, require, rng):
    ask = Ask(student, reference, expect, require)
    for sizes in (SIZES, SQUARE):
        ask.grads(problem(rng, sizes), "W1")


@case("hidden_bias", en="b1", ja="b1 の勾配")
def test_hidden_bias(student, reference, expect, require, rng):
    ask = Ask(student, reference, expect, require)
    for sizes in (SIZES, SQUARE):
        ask.grads(problem(rng, sizes), "b1")


@case("slope_at_zero", en="hidden units that get exactly 0", ja="入力がちょうど 0 になる隠れユニット")
def test_slope_at_zero(student, reference, expect, require, rng):
    ask = Ask(student, reference, expect, require)
    # Whole numbers: x @ W1 + b1 is exactly 0 there, in whatever order it is summed.
    params, x, t = problem(rng)
    x[:2] = [[1, 1, -2], [2, 2, -4]]
    params["W1"][:, :4] = [[1, 2, 3, 4]]
    params["b1"][:4] = 0
    ask.grads((params, x, t), "W1")


@case("absent_classes", en="the loss", ja="損失")
def test_loss_with_absent_classes(student, reference, expect, require, rng):
    ask = Ask(student, reference, expect, require)
    for _ in range(2):
        ask.loss(absent(rng))


@case("absent_classes", en="the gradients", ja="勾配")
def test_gradients_with_absent_classes(student, reference, expect, require, rng):
    ask = Ask(student, reference, expect, require)
    ask.grads(absent(rng), "W2")


def absent(rng):
    """A batch without the first class, the last one and one between."""
    params, x, _ = problem(rng, (6, 3, 7, 5))
    return params, x, np.array([1, 3, 1, 1, 3, 1])


@case("improbable", en="clearly wrong predictions", ja="はっきり誤った予測")
def test_loss_of_clear_mistakes(student, reference, expect, require, rng):
    ask = Ask(student, reference, expect, require)
    # A right class lies 18 below the best: p is about 1.5e-8, which a guard of 1e-7 would hide.
    params, x, _ = problem(rng, (2, 3, 6, 2))
    params["W2"] = np.zeros((6, 2))
    params["b2"] = np.array([0.0, 18.0])
    ask.loss((params, x, np.array([0, 1])), tol=Tolerance(rtol=1e-2, atol=1e-2))


def large(rng):
    """Two samples with logits of about 8000 in size and the wrong class on top, then two ordinary ones."""
    params = {
        "W1": np.diag([1.0, 1.0]),
        "b1": np.array([0.5, 0.5]),
        "W2": rng.uniform(70, 80) * np.array([[1.0, -1.0], [-1.0, 1.0]]),
        "b2": np.array([0.5, 0.5]),
    }
    return params, np.concatenate([np.diag([110.0, 110.0]), rng.uniform(0.001, 0.01, (2, 2))]), np.array([1, 0, 0, 1])


@case("large_logits", en="the gradients", ja="勾配")
def test_gradients_of_large_logits(student, reference, expect, require, rng):
    ask = Ask(student, reference, expect, require)
    params, x, t = large(rng)
    ask.grads((params, x[:2], t[:2]), "W2")
    ask.grads((params, x, t), "W2")


@case("large_logits", en="the loss", ja="損失")
def test_loss_of_large_logits(student, reference, expect, require, rng):
    params, x, t = large(rng)
    loss, _ = Ask(student, reference, expect, require).backward((params, x[:2], t[:2]))
    require(np.shape(loss) == (), observed=loss)
    require(np.isfinite(loss) and loss > 5, observed=loss)


@case("no_other_keys", en="keys that the gradients should not have", ja="勾配の辞書の余分なキー")
def test_no_other_keys(student, reference, expect, require, rng):
    ask = Ask(student, reference, expect, require)
    _, grads = ask.backward(problem(rng))
    require(isinstance(grads, Mapping) and len(grads) > 0, "wrong_type")
    require(set(grads) <= set(NAMES), "wrong_keys")


@BOTH
@case("precision", en="results to the last digits", ja="結果の細かい桁")
def test_precision(student, reference, expect, require, agree, rng, name):
    ask = Ask(student, reference, expect, require)
    params, x, t = problem(rng)
    if name == "mlp_forward":
        agree(name, x, params)
        return
    params["W2"] = params["W2"] * 0.3  # no probability so small that a usual eps of 1e-7 shows
    ask.loss((params, x, t), tol=Tolerance(rtol=2e-6, atol=1e-6))
    ask.grads((params, x, t), "W2", "W1", tol=Tolerance(rtol=1e-6, atol=1e-7))


@BOTH
@case("unchanged", en="the arguments stay as they were", ja="引数を書き換えない")
def test_arguments_unchanged(student, reference, expect, require, after, rng, name):
    ask = Ask(student, reference, expect, require)
    params, x, t = problem(rng)
    if name == "mlp_forward":
        result = student.mlp_forward(x, params)
        left = after(1), after(0), t
    else:
        grads = ask.backward((params, x, t))[1]
        require(isinstance(grads, Mapping), "wrong_type")
        result = grads.get("W2", 0)
        left = after(0), after(1), after(2)
    require(list(left[0]) == list(NAMES), "mutated_argument")
    same = [np.array_equal(left[0][key], params[key]) for key in NAMES]
    require(all(same) and np.array_equal(left[1], x) and np.array_equal(left[2], t), "mutated_argument")
    # What does nothing modifies nothing, and must not score for that.
    require(np.any(np.asarray(result) != 0), "all_zeros")
    if name == "mlp_forward":
        expect(result, reference.mlp_forward(x, params), NEAR)


@BOTH
@case("lists", en="x and t as lists", ja="x と t がリスト")
def test_lists(student, reference, expect, require, rng, name):
    ask = Ask(student, reference, expect, require)
    params, x, t = problem(rng)
    ask.either(name, (params, x.tolist(), t.tolist()))


@BOTH
@case("integers", en="whole numbers", ja="整数")
def test_integers(student, reference, expect, require, name):
    ask = Ask(student, reference, expect, require)
    params = {
        "W1": np.array([[1, -2, 0], [-1, 1, 2]]),
        "b1": np.array([2, 1, -1]),
        "W2": np.array([[1, -1], [0, 1], [1, 0]]),
        "b2": np.array([0, 1]),
    }
    args = params, np.array([[1, 2], [-1, 3], [2, -1]]), np.array([1, 0, 0])
    ask.either(name, args)
    if name == "mlp_loss_and_grads":
        ask.grads(args, "W1")


@BOTH
@case("arrays", en="float32", ja="float32 の配列")
def test_float32(student, reference, expect, require, rng, name):
    ask = Ask(student, reference, expect, require)
    params, x, t = problem(rng)
    ask.either(name, ({key: a.astype(np.float32) for key, a in params.items()}, x.astype(np.float32), t))


@BOTH
@case("arrays", en="arrays that are views", ja="ビュー（メモリが連続でない配列）")
def test_views(student, reference, expect, require, rng, name):
    ask = Ask(student, reference, expect, require)
    params, x, t = problem(rng)
    views = {"W1": params["W1"].T.copy().T, "b1": params["b1"][::-1], "W2": params["W2"][::-1], "b2": params["b2"]}
    ask.either(name, (views, np.repeat(x, 2, axis=1)[:, ::2], t[::-1]))
