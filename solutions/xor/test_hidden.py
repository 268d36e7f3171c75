"""Hidden suite of `xor`.

Right outputs follow from the truth table, so no weights are preferred. That only ReLU
neurons were used shows between the corners of the unit square: `largest_jump` zooms in on
the steepest step along an edge, and `largest_share_of_curved_places` counts where three close points
are not on one straight line. A ReLU network has no jumps and bends only at a few kinks.
"""

import numpy as np
import pytest

from autograder.testing import Tolerance, case

EXACT = Tolerance(rtol=0.0, atol=1e-9)
PAIRS = [(0, 0), (0, 1), (1, 0), (1, 1)]


def xnor(x1, x2):
    return np.where(np.asarray(x1) == np.asarray(x2), 1.0, 0.0)


def xor(x1, x2):
    return 1.0 - xnor(x1, x2)


def binary(rng, *shape, kind=float):
    """x1 and x2 with all four pairs among them (shape holds at least four)."""
    rest = rng.integers(0, 2, size=(int(np.prod(shape)) - 4, 2))
    pairs = rng.permutation(np.concatenate([PAIRS, rest]))
    return pairs[:, 0].reshape(shape).astype(kind), pairs[:, 1].reshape(shape).astype(kind)


def check_one_by_one(f, truth, expect, require, kind):
    outputs = [f(kind(a), kind(b)) for a, b in PAIRS]
    wanted = [truth(a, b) for a, b in PAIRS]
    check(outputs, wanted, expect, require)


def check(outputs, wanted, expect, require):
    """Exact to 1e-9; what is only close (within 0.2) gets a cause of its own."""
    try:
        error = np.abs(np.asarray(outputs, dtype=float) - np.asarray(wanted))
        close = error.shape == np.shape(wanted) and 1e-9 < error.max() < 0.2
    except (TypeError, ValueError):
        close = False
    require(not close, cause="only_close")
    expect(outputs, wanted, tol=EXACT)


def check_arrays(f, truth, expect, require, x1, x2):
    wanted = truth(x1, x2)  # before the call, which may write into x1 and x2
    check(f(x1, x2), wanted, expect, require)


def along(f, starts, ends, t):
    """Values of f on straight lines, at parameters t of shape (lines, points); one call for all of them."""
    x1, x2 = (starts[:, i, None] + t * (ends - starts)[:, i, None] for i in (0, 1))
    return np.asarray(f(x1.ravel(), x2.ravel()), dtype=float).reshape(t.shape)


def largest_jump(f, starts, ends):
    """Difference of f over the steepest 1e-8 of some line (found in five steps of 40)."""
    low, high = np.zeros(len(starts)), np.ones(len(starts))
    each = np.arange(len(starts))
    for _ in range(5):
        t = np.linspace(low, high, 41, axis=1)
        steps = np.abs(np.diff(along(f, starts, ends, t), axis=1))
        i = np.argmax(steps, axis=1)
        low, high = t[each, i], t[each, i + 1]
    return np.max(steps[each, i])


def largest_share_of_curved_places(f, starts, ends, rng):
    """Of 300 random places on each line, the share where three points 0.002 apart are not in line."""
    t = rng.uniform(0.01, 0.99, size=(len(starts), 300))
    before, here, after = np.split(along(f, starts, ends, np.hstack([t - 0.002, t, t + 0.002])), 3, axis=1)
    return np.max(np.mean(~(np.abs(before - 2 * here + after) < 1e-8), axis=1))


def check_no_jump(f, truth, expect, require):
    corners = np.array(PAIRS, dtype=float)
    expect(f(corners[:, 0].copy(), corners[:, 1].copy()), truth(*corners.T), tol=EXACT)
    starts = np.array([(0, 0), (0, 0), (1, 0), (0, 1)], dtype=float)
    ends = np.array([(1, 0), (0, 1), (1, 1), (1, 1)], dtype=float)
    require(largest_jump(f, starts, ends) < 0.2, cause="jump")


def check_straight(f, require, rng):
    low, high = rng.uniform(0, 0.3), rng.uniform(0.6, 0.8)
    starts = np.array([(0, low), (0, high), (low, 0), (high, 0)])
    ends = np.array([(1, high), (1, low), (high, 1), (low, 1)])
    require(largest_share_of_curved_places(f, starts, ends, rng) < 0.2, cause="curved")


@case("xnor", en="XNOR of one pair at a time", ja="XNOR：1 組ずつ")
@pytest.mark.parametrize("kind", [float, int], ids=["float", "int"])
def test_xnor_one_by_one(student, expect, require, kind):
    check_one_by_one(student.xnor_net, xnor, expect, require, kind)


@case("xnor", en="XNOR of many pairs at once", ja="XNOR：多数の組をまとめて")
def test_xnor_of_arrays(student, expect, require, rng):
    check_arrays(student.xnor_net, xnor, expect, require, *binary(rng, 9))


@case("neurons", en="XNOR has no jumps and consists of straight pieces", ja="XNOR：跳びがなく、直線をつないだ形である")
def test_xnor_is_a_relu_network(student, expect, require, rng):
    check_no_jump(student.xnor_net, xnor, expect, require)
    check_straight(student.xnor_net, require, rng)


@case("xor", en="XOR of one pair at a time", ja="XOR：1 組ずつ")
@pytest.mark.parametrize("kind", [float, int], ids=["float", "int"])
def test_xor_one_by_one(student, expect, require, kind):
    check_one_by_one(student.xor_net, xor, expect, require, kind)


@case("xor", en="XOR of many pairs at once", ja="XOR：多数の組をまとめて")
def test_xor_of_arrays(student, expect, require, rng):
    check_arrays(student.xor_net, xor, expect, require, *binary(rng, 9))


@case("neurons", en="XOR has no jumps and consists of straight pieces", ja="XOR：跳びがなく、直線をつないだ形である")
def test_xor_is_a_relu_network(student, expect, require, rng):
    check_no_jump(student.xor_net, xor, expect, require)
    check_straight(student.xor_net, require, rng)


@case("xnor_inputs", en="XNOR of lists and of integer arrays", ja="XNOR：リストと整数の配列")
def test_xnor_of_lists_and_integers(student, expect, require, rng):
    x1, x2 = binary(rng, 6, kind=int)
    for pair in [(x1.tolist(), x2.tolist()), (x1, x2)]:
        check_arrays(student.xnor_net, xnor, expect, require, *pair)


@case("xnor_inputs", en="XNOR of other shapes", ja="XNOR：いろいろな形状")
def test_xnor_of_other_shapes(student, expect, require, rng):
    for shape in [(2, 3), (3, 2, 2)]:
        check_arrays(student.xnor_net, xnor, expect, require, *binary(rng, *shape))
    expect(student.xnor_net(np.array([1.0]), np.array([1.0])), [1.0], tol=EXACT)


@case("xnor_inputs", en="XNOR leaves its arguments as they were", ja="XNOR：引数を書き換えない")
def test_xnor_leaves_its_arguments(unchanged, rng):
    unchanged("xnor_net", *binary(rng, 6))


@case("xor_inputs", en="XOR of lists and of integer arrays", ja="XOR：リストと整数の配列")
def test_xor_of_lists_and_integers(student, expect, require, rng):
    x1, x2 = binary(rng, 6, kind=int)
    for pair in [(x1.tolist(), x2.tolist()), (x1, x2)]:
        check_arrays(student.xor_net, xor, expect, require, *pair)


@case("xor_inputs", en="XOR of other shapes", ja="XOR：いろいろな形状")
def test_xor_of_other_shapes(student, expect, require, rng):
    for shape in [(2, 3), (3, 2, 2)]:
        check_arrays(student.xor_net, xor, expect, require, *binary(rng, *shape))
    expect(student.xor_net(np.array([1.0]), np.array([0.0])), [1.0], tol=EXACT)


@case("xor_inputs", en="XOR leaves its arguments as they were", ja="XOR：引数を書き換えない")
def test_xor_leaves_its_arguments(unchanged, rng):
    unchanged("xor_net", *binary(rng, 6))
