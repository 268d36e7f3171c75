"""Hidden suite of `backprop`.

Gradients are compared with the reference's own, layer by layer, so that a slip in one layer
does not cost the other's points. Each part meets all of `SIZES` in turn: all different (a
transposed matrix does not fit), all equal (where it fits silently), a single sample. Logits are small except
where large ones are the point: `DIGITS` then forgives a tiny eps inside the logarithm.
"""

from collections.abc import Mapping

import numpy as np

from autograder.testing import FLOAT32, Tolerance, case

DIGITS = Tolerance(rtol=1e-5, atol=1e-6)
SIZES = (5, 3, 8, 4), (4, 4, 4, 4), (1, 6, 7, 3)


def network(rng, d, h, k):
    """Parameters of both signs, no bias 0, about half of the hidden units active."""
    return {
        "W1": rng.uniform(-1, 1, size=(d, h)),
        "b1": rng.uniform(0.1, 0.5, size=h) * rng.choice([-1.0, 1.0], size=h),
        "W2": rng.uniform(-0.5, 0.5, size=(h, k)),
        "b2": rng.uniform(0.1, 0.5, size=k) * rng.choice([-1.0, 1.0], size=k),
    }


def problem(rng, sizes):
    """Parameters, samples and classes for sizes (N, D, H, K)."""
    n, d, h, k = sizes
    return network(rng, d, h, k), rng.uniform(-1.5, 1.5, size=(n, d)), rng.integers(k, size=n)


def call(student, require, params, x, t):
    """The loss and the gradients, whatever sequence they come in."""
    result = student.mlp_loss_and_grads(params, x, t)
    require(result is not None, "returned_none")
    require(isinstance(result, (tuple, list)) and len(result) == 2, "wrong_length")
    return result


def compare(student, reference, expect, require, args, names, tol=DIGITS):
    """Compare the gradients called `names`; others may be wrong or missing."""
    _, want = reference.mlp_loss_and_grads(*args)
    _, grads = call(student, require, *args)
    require(isinstance(grads, Mapping), "wrong_type")
    for name in names:
        require(name in grads, "wrong_keys")
        expect(grads[name], want[name], tol, sizes=(len(args[1]),))


@case("forward", en="the logits", ja="ロジット")
def test_forward(agree, rng):
    for sizes in SIZES:
        params, x, _ = problem(rng, sizes)
        agree("mlp_forward", x, params)


@case("forward", en="large inputs", ja="大きな入力")
def test_forward_large_inputs(agree, rng):
    params, x, _ = problem(rng, (5, 3, 8, 4))
    agree("mlp_forward", x * 50, params)


@case("forward", en="parameters in another order in the dict", ja="辞書の中の順序が違うパラメータ")
def test_order_of_params(agree, rng):
    params, x, _ = problem(rng, (3, 4, 4, 4))
    agree("mlp_forward", x, {name: params[name] for name in ("W2", "b2", "W1", "b1")})


@case("loss", en="the mean over the batch", ja="バッチでの平均")
def test_loss(student, reference, expect, require, rng):
    for sizes in SIZES:
        args = problem(rng, sizes)
        want, _ = reference.mlp_loss_and_grads(*args)
        expect(call(student, require, *args)[0], want, DIGITS, sizes=(sizes[0],))


@case("loss", en="a batch without some of the classes", ja="一部のクラスが現れないバッチ")
def test_loss_with_missing_classes(student, reference, expect, require, rng):
    params, x, _ = problem(rng, (6, 3, 7, 5))
    t = np.array([1, 0, 1, 1, 0, 1])
    want, _ = reference.mlp_loss_and_grads(params, x, t)
    expect(call(student, require, params, x, t)[0], want, DIGITS, sizes=(6,))


@case("loss", en="clearly wrong predictions", ja="はっきり誤った予測")
def test_loss_of_clear_mistakes(student, reference, expect, require, rng):
    # The right class lies 18 below the best: p is about 1.5e-8, which a guard of 1e-7 would hide.
    params, x, _ = problem(rng, (4, 3, 6, 3))
    params["W2"] = params["W2"] * 0.01
    params["b2"] = np.array([0.0, 18.0, 0.0])
    t = np.array([0, 2, 0, 0])
    want, _ = reference.mlp_loss_and_grads(params, x, t)
    expect(call(student, require, params, x, t)[0], want, Tolerance(1e-3, 1e-3), sizes=(4,))


@case("output_layer", en="W2 and b2", ja="W2 と b2 の勾配")
def test_output_layer(student, reference, expect, require, rng):
    for sizes in SIZES:
        compare(student, reference, expect, require, problem(rng, sizes), ("b2", "W2"))


@case("output_layer", en="a batch without some of the classes", ja="一部のクラスが現れないバッチ")
def test_output_layer_with_missing_classes(student, reference, expect, require, rng):
    params, x, _ = problem(rng, (6, 3, 7, 5))
    args = params, x, np.array([1, 0, 1, 1, 0, 1])
    compare(student, reference, expect, require, args, ("b2", "W2"))


@case("hidden_layer", en="b1", ja="b1 の勾配")
def test_hidden_bias(student, reference, expect, require, rng):
    for sizes in SIZES:
        compare(student, reference, expect, require, problem(rng, sizes), ("b1",))


@case("hidden_layer", en="W1", ja="W1 の勾配")
def test_hidden_weights(student, reference, expect, require, rng):
    for sizes in SIZES:
        compare(student, reference, expect, require, problem(rng, sizes), ("W1",))


@case(
    "hidden_layer",
    en="hidden units that never fire, and some that always do",
    ja="発火しないユニットと常に発火するユニット",
)
def test_units_always_on_or_off(student, reference, expect, require, rng):
    params, x, t = problem(rng, (4, 3, 6, 5))
    params["b1"] = np.array([-9.0, 9.0, -9.0, 9.0, 0.3, -0.3])
    compare(student, reference, expect, require, (params, x, t), ("b1", "W1"))


@case("hidden_layer", en="hidden units that get exactly 0", ja="入力がちょうど 0 になる隠れユニット")
def test_slope_at_zero(student, reference, expect, require, rng):
    # A sample of zeros and a bias of 0 give exactly 0, in whatever order it is summed.
    params, x, t = problem(rng, (4, 3, 6, 5))
    x[[0, 2]] = 0
    params["b1"][:4] = 0
    compare(student, reference, expect, require, (params, x, t), ("b1", "W1"))


@case("care", en="the keys and shapes of the gradients", ja="勾配の辞書のキーと形状")
def test_keys_and_shapes(student, reference, expect, require, rng):
    args = problem(rng, (2, 3, 5, 4))
    _, want = reference.mlp_loss_and_grads(*args)
    _, grads = call(student, require, *args)
    expect(grads, want, DIGITS, sizes=(2,))


@case(
    "care",
    en="logits near 10000, alone and among ordinary ones",
    ja="10000 程度のロジット（ふつうの大きさと混ざる場合も）",
)
def test_large_logits(student, reference, expect, require, rng):
    for n in (1, 4):  # from the second on, samples with logits of ordinary size stand between
        params, x, _ = problem(rng, (n, 3, 6, 5))
        x[1::2] = 0
        x[0] = params["W1"][:, 0]  # so that at least one hidden unit fires
        # Without biases the logits grow in proportion to x: the largest becomes 8000 exactly, and positive.
        z = reference.mlp_forward(x, params | {"b1": np.zeros(6), "b2": np.zeros(5)})
        x[::2] *= 8e3 / np.abs(z).max()
        if -z.min() > z.max():
            params |= {"W2": -params["W2"], "b2": -params["b2"]}
        t = np.argmin(reference.mlp_forward(x, params), axis=1)
        _, want = reference.mlp_loss_and_grads(params, x, t)
        loss, grads = call(student, require, params, x, t)
        expect(grads, want, DIGITS)
        require(np.shape(loss) == (), observed=loss)
        require(not np.isinf(loss) or loss < 0, "log_of_zero")
        require(loss > 5, observed=loss)


@case("care", en="integers and lists", ja="整数とリスト")
def test_integers_and_lists(student, reference, expect, require):
    params = {
        "W1": np.array([[1, -2, 0], [-1, 1, 2]]),
        "b1": np.array([2, 1, -1]),
        "W2": np.array([[1, -1], [0, 1], [1, 0]]),
        "b2": np.array([0, 1]),
    }
    x, t = [[1, 2], [-1, 3], [2, -1]], [1, 0, 0]
    expect(student.mlp_forward(x, params), reference.mlp_forward(x, params))
    want_loss, want = reference.mlp_loss_and_grads(params, x, t)
    loss, grads = call(student, require, params, x, t)
    expect(loss, want_loss, DIGITS)
    expect(grads, want, DIGITS)


@case("care", en="float32", ja="float32 の配列")
def test_float32(student, reference, expect, require, rng):
    params, x, t = problem(rng, (5, 3, 8, 4))
    args = {name: a.astype(np.float32) for name, a in params.items()}, x.astype(np.float32), t.astype(np.int32)
    expect(student.mlp_forward(args[1], args[0]), reference.mlp_forward(args[1], args[0]), FLOAT32)
    compare(student, reference, expect, require, args, ("W1", "b1", "W2", "b2"), FLOAT32)


@case("care", en="arrays that are views", ja="ビュー（メモリが連続でない配列）")
def test_views(student, reference, expect, require, rng):
    params, x, t = problem(rng, (5, 3, 8, 4))
    views = {"W1": params["W1"].T.copy().T, "b1": params["b1"][::-1], "W2": params["W2"][::-1], "b2": params["b2"]}
    args = views, np.repeat(x, 2, axis=1)[:, ::2], t[::-1]
    compare(student, reference, expect, require, args, ("W1", "b1", "W2", "b2"))


@case("care", en="the arguments of mlp_forward stay as they were", ja="mlp_forward の引数を書き換えない")
def test_forward_leaves_arguments(unchanged, rng):
    params, x, _ = problem(rng, (5, 3, 8, 4))
    unchanged("mlp_forward", x, params)


@case("care", en="the arguments of mlp_loss_and_grads stay as they were", ja="mlp_loss_and_grads の引数を書き換えない")
def test_backward_leaves_arguments(unchanged, rng):
    unchanged("mlp_loss_and_grads", *problem(rng, (5, 3, 8, 4)), tol=DIGITS)
