"""Checks that you can read and run: ``autograder check backprop`` or ``pytest exercises/backprop``."""

import numpy as np

from autograder.testing import Tolerance, case

# Five or six digits are enough here, and forgive a tiny eps inside the logarithm.
DIGITS = Tolerance(rtol=1e-5, atol=1e-5)


def example():
    """The network, samples and classes of the statement."""
    params = {
        "W1": np.array([[1.0, -1.0], [1.0, 1.0]]),
        "b1": np.array([-1.0, 0.0]),
        "W2": np.array([[1.0, 0.0], [0.0, 2.0]]),
        "b2": np.array([0.0, 1.0]),
    }
    return params, np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([0, 1])


def wide():
    """Two inputs, three hidden units, two classes: a transposed matrix does not fit here."""
    params = {
        "W1": np.array([[1.0, -1.0, 0.5], [0.5, 2.0, -1.0]]),
        "b1": np.array([0.0, -1.0, 0.5]),
        "W2": np.array([[1.0, 0.0], [-0.5, 0.5], [2.0, 1.0]]),
        "b2": np.array([0.5, -0.5]),
    }
    return params, np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([0, 1])


@case("forward", en="the logits of the statement's example", ja="問題文の例のロジット")
def test_forward(student, expect):
    params, x, _ = example()
    expect(student.mlp_forward(x, params), [[2.0, 3.0], [1.0, 1.0]])


@case("loss", en="the loss of the statement's example", ja="問題文の例の損失")
def test_loss(student, expect):
    loss, _ = student.mlp_loss_and_grads(*example())
    expect(loss, 1.00320443, DIGITS)


@case("output_weights", en="gradient of W2", ja="W2 の勾配")
def test_output_weights(student, expect):
    _, grads = student.mlp_loss_and_grads(*example())
    expect(grads["W2"], [[-0.48105858, 0.48105858], [-0.36552929, 0.36552929]], DIGITS)


@case("hidden_weights", en="gradient of W1", ja="W1 の勾配")
def test_hidden_weights(student, expect):
    _, grads = student.mlp_loss_and_grads(*example())
    expect(grads["W1"], [[0.38447071, 0.73105858], [-0.98105858, 1.46211716]], DIGITS)


@case("hidden_bias", en="gradients of b2 and b1", ja="b2 と b1 の勾配")
def test_biases(student, expect):
    _, grads = student.mlp_loss_and_grads(*example())
    expect(grads["b2"], [-0.11552929, 0.11552929], DIGITS)
    expect(grads["b1"], [-0.11552929, 0.73105858], DIGITS)


@case(
    "hidden_weights",
    en="three hidden units: every gradient has its parameter's shape",
    ja="隠れユニット 3 個：勾配の形状",
)
def test_three_hidden_units(student, expect):
    params, x, t = wide()
    _, grads = student.mlp_loss_and_grads(params, x, t)
    expect(sorted(grads), ["W1", "W2", "b1", "b2"])
    expect(grads["b1"], [0.3647787, 0.13447071, 0.49924941], DIGITS)
    expect(grads["W1"], [[1.36327752, 0.13447071, 1.49774823], [-0.76819083, 0.26894142, -0.49924941]], DIGITS)
    expect(grads["W2"], [[0.9791821, -0.9791821], [-0.26894142, 0.26894142], [1.49774823, -1.49774823]], DIGITS)


@case("lists", en="x and t as lists", ja="x と t がリスト")
def test_lists(student, expect):
    params, x, t = example()
    expect(student.mlp_forward(x.tolist(), params), [[2.0, 3.0], [1.0, 1.0]])
    loss, grads = student.mlp_loss_and_grads(params, x.tolist(), t.tolist())
    expect(loss, 1.00320443, DIGITS)
    expect(grads["W1"], [[0.38447071, 0.73105858], [-0.98105858, 1.46211716]], DIGITS)


@case("unchanged", en="the arguments stay as they were", ja="引数を書き換えない")
def test_arguments_unchanged(unchanged):
    params, x, t = example()
    unchanged("mlp_forward", x, params, tol=DIGITS)
    unchanged("mlp_loss_and_grads", params, x, t, tol=DIGITS)
