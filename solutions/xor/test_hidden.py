"""Hidden suite of `xor`.

Right outputs follow from the truth table, so no weights are preferred. What is not about the form of the
inputs is asked with arrays where the code takes arrays, and else one pair at a time: see `Network`.
That only ReLU neurons were used shows between the corners of the unit square: `largest_jump` zooms in on
the steepest step along an edge, and `largest_share_of_curved_places` counts where three close points
are not on one straight line. A ReLU network has no jumps and bends only at a few kinks.
"""

import numpy as np

from autograder.testing import Tolerance, case

EXACT = Tolerance(rtol=0.0, atol=1e-9)
CLOSE = Tolerance(rtol=0.0, atol=0.2)
PAIRS = [(0, 0), (0, 1), (1, 0), (1, 1)]
CORNERS = np.array(PAIRS, dtype=float)


def xnor(x1, x2):
    return np.where(np.asarray(x1) == np.asarray(x2), 1.0, 0.0)


def xor(x1, x2):
    return 1.0 - xnor(x1, x2)


def binary(rng, *shape, kind=float):
    """x1 and x2 with all four pairs among them (shape holds at least four)."""
    rest = rng.integers(0, 2, size=(int(np.prod(shape)) - 4, 2))
    pairs = rng.permutation(np.concatenate([PAIRS, rest]))
    return pairs[:, 0].reshape(shape).astype(kind), pairs[:, 1].reshape(shape).astype(kind)


class Network:
    """The student's function on vectors of pairs, all at once where it gives the right answers so, else one by one."""

    def __init__(self, f, truth):
        self.f = f
        self.wanted = truth(*CORNERS.T)
        try:
            outputs = np.asarray(f(*CORNERS.T.copy()), dtype=float)
            self.at_once = outputs.shape == (4,) and bool(np.all(np.abs(outputs - self.wanted) < 0.2))
        except Exception:  # whatever it is that stops this code on arrays
            self.at_once = False

    def __call__(self, x1, x2):
        if self.at_once:
            return self.f(x1, x2)
        return [self.f(float(a), float(b)) for a, b in zip(x1, x2, strict=True)]

    def at_corners(self):
        return self(*CORNERS.T.copy())


def check_exact(network, expect, require):
    """Exact to 1e-9; what is only close gets a cause of its own."""
    outputs = network.at_corners()
    try:
        error = np.abs(np.asarray(outputs, dtype=float) - network.wanted)
        close = error.shape == (4,) and 1e-9 < error.max() < 0.2
    except (TypeError, ValueError):
        close = False
    require(not close, cause="only_close")
    expect(outputs, network.wanted, tol=EXACT)


def check_arrays(f, truth, expect, x1, x2):
    wanted = truth(x1, x2)  # before the call, which may write into x1 and x2
    expect(f(x1, x2), wanted, tol=CLOSE)


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
    """Of many random places on each line, the share where three points 0.002 apart are not in line."""
    t = rng.uniform(0.01, 0.99, size=(len(starts), 300 if f.at_once else 40))
    before, here, after = np.split(along(f, starts, ends, np.hstack([t - 0.002, t, t + 0.002])), 3, axis=1)
    return np.max(np.mean(~(np.abs(before - 2 * here + after) < 1e-8), axis=1))


def check_no_jump(network, expect, require):
    expect(network.at_corners(), network.wanted, tol=CLOSE)
    starts = np.array([(0, 0), (0, 0), (1, 0), (0, 1)], dtype=float)
    ends = np.array([(1, 0), (0, 1), (1, 1), (1, 1)], dtype=float)
    require(largest_jump(network, starts, ends) < 0.2, cause="jump")


def check_straight(network, require, rng):
    low, high = rng.uniform(0, 0.3), rng.uniform(0.6, 0.8)
    starts = np.array([(0, low), (0, high), (low, 0), (high, 0)])
    ends = np.array([(1, high), (1, low), (high, 1), (low, 1)])
    require(largest_share_of_curved_places(network, starts, ends, rng) < 0.2, cause="curved")


@case("xnor", en="XNOR of all pairs", ja="XNOR：すべての組")
def test_xnor_table(student, expect):
    network = Network(student.xnor_net, xnor)
    expect(network.at_corners(), network.wanted, tol=CLOSE)


@case(
    "xnor_neurons",
    en="XNOR has no jumps and consists of straight pieces",
    ja="XNOR：跳びがなく直線をつないだ形",
)
def test_xnor_is_a_relu_network(student, expect, require, rng):
    network = Network(student.xnor_net, xnor)
    check_no_jump(network, expect, require)
    check_straight(network, require, rng)


@case("xnor_exact", en="XNOR gives exactly 0 and 1", ja="XNOR：ちょうど 0 と 1 を返す")
def test_xnor_is_exact(student, expect, require):
    check_exact(Network(student.xnor_net, xnor), expect, require)


@case("xnor_arrays", en="XNOR of many pairs at once", ja="XNOR：多数の組をまとめて")
def test_xnor_of_arrays(student, expect, rng):
    check_arrays(student.xnor_net, xnor, expect, *binary(rng, 9))


@case("xnor_kinds", en="XNOR of one pair at a time", ja="XNOR：1 組ずつ")
def test_xnor_one_by_one(student, expect):
    expect([student.xnor_net(float(a), float(b)) for a, b in PAIRS], xnor(*CORNERS.T), tol=CLOSE)


@case("xnor_kinds", en="XNOR of whole numbers, one pair at a time", ja="XNOR：整数を 1 組ずつ")
def test_xnor_of_integers(student, expect):
    expect([student.xnor_net(a, b) for a, b in PAIRS], xnor(*CORNERS.T), tol=CLOSE)


@case("xnor_kinds", en="XNOR of lists", ja="XNOR：リスト")
def test_xnor_of_lists(student, expect, rng):
    x1, x2 = binary(rng, 20)  # so many that one of them, read backwards, is never the answer by chance
    check_arrays(student.xnor_net, xnor, expect, x1.tolist(), x2.tolist())


@case("xnor_kinds", en="XNOR of integer arrays", ja="XNOR：整数の配列")
def test_xnor_of_integer_arrays(student, expect, rng):
    check_arrays(student.xnor_net, xnor, expect, *binary(rng, 6, kind=int))


@case("xnor_shapes", en="XNOR of other shapes", ja="XNOR：いろいろな形状")
def test_xnor_of_other_shapes(student, expect, rng):
    for shape in [(2, 3), (3, 2, 2)]:
        check_arrays(student.xnor_net, xnor, expect, *binary(rng, *shape))


@case("xnor_unchanged", en="XNOR leaves its arguments as they were", ja="XNOR：引数を書き換えない")
def test_xnor_leaves_its_arguments(student, expect, unchanged, rng):
    network = Network(student.xnor_net, xnor)
    expect(network.at_corners(), network.wanted, tol=CLOSE)
    if network.at_once:  # numbers cannot be modified
        unchanged("xnor_net", *binary(rng, 6), tol=CLOSE)


@case("xor", en="XOR of all pairs", ja="XOR：すべての組")
def test_xor_table(student, expect):
    network = Network(student.xor_net, xor)
    expect(network.at_corners(), network.wanted, tol=CLOSE)


@case("xor_neurons", en="XOR has no jumps and consists of straight pieces", ja="XOR：跳びがなく直線をつないだ形")
def test_xor_is_a_relu_network(student, expect, require, rng):
    network = Network(student.xor_net, xor)
    check_no_jump(network, expect, require)
    check_straight(network, require, rng)


@case("xor_exact", en="XOR gives exactly 0 and 1", ja="XOR：ちょうど 0 と 1 を返す")
def test_xor_is_exact(student, expect, require):
    check_exact(Network(student.xor_net, xor), expect, require)


@case("xor_arrays", en="XOR of many pairs at once", ja="XOR：多数の組をまとめて")
def test_xor_of_arrays(student, expect, rng):
    check_arrays(student.xor_net, xor, expect, *binary(rng, 9))


@case("xor_kinds", en="XOR of one pair at a time", ja="XOR：1 組ずつ")
def test_xor_one_by_one(student, expect):
    expect([student.xor_net(float(a), float(b)) for a, b in PAIRS], xor(*CORNERS.T), tol=CLOSE)


@case("xor_kinds", en="XOR of whole numbers, one pair at a time", ja="XOR：整数を 1 組ずつ")
def test_xor_of_integers(student, expect):
    expect([student.xor_net(a, b) for a, b in PAIRS], xor(*CORNERS.T), tol=CLOSE)


@case("xor_kinds", en="XOR of lists", ja="XOR：リスト")
def test_xor_of_lists(student, expect, rng):
    x1, x2 = binary(rng, 20)  # so many that one of them, read backwards, is never the answer by chance
    check_arrays(student.xor_net, xor, expect, x1.tolist(), x2.tolist())


@case("xor_kinds", en="XOR of integer arrays", ja="XOR：整数の配列")
def test_xor_of_integer_arrays(student, expect, rng):
    check_arrays(student.xor_net, xor, expect, *binary(rng, 6, kind=int))


@case("xor_shapes", en="XOR of other shapes", ja="XOR：いろいろな形状")
def test_xor_of_other_shapes(student, expect, rng):
    for shape in [(2, 3), (3, 2, 2)]:
        check_arrays(student.xor_net, xor, expect, *binary(rng, *shape))


@case("xor_unchanged", en="XOR leaves its arguments as they were", ja="XOR：引数を書き換えない")
def test_xor_leaves_its_arguments(student, expect, unchanged, rng):
    network = Network(student.xor_net, xor)
    expect(network.at_corners(), network.wanted, tol=CLOSE)
    if network.at_once:  # numbers cannot be modified
        unchanged("xor_net", *binary(rng, 6), tol=CLOSE)
