"""Hidden suite of `cross_entropy`.

Each test takes its inputs from `rng`; the helpers make a batch in which every class has a
probability well away from 0, so that a wrong answer is never close to the right one.
"""

import numpy as np

from autograder.testing import FLOAT32, case


def probabilities(rng, n, k):
    """Rows that sum to 1, no entry below 0.05 / k."""
    p = rng.uniform(0.1, 1, size=(n, k)) ** 2 + 0.05
    return p / p.sum(axis=1, keepdims=True)


def labels(rng, n, k):
    """Labels of which not all are the same, and at least one is above 1 where k > 2."""
    t = rng.integers(0, k, size=n)
    t[0], t[-1] = 0, k - 1
    return rng.permutation(t)


def one_hot(t, k):
    return np.eye(k)[t]


def soft(rng, n, k):
    """Soft targets whose largest class is not the whole story."""
    return probabilities(rng, n, k)


@case("labels", en="a batch with class labels", ja="クラス番号で正解を与えたバッチ")
def test_labels(agree, rng):
    agree("cross_entropy", probabilities(rng, 5, 5), labels(rng, 5, 5))
    agree("cross_entropy", probabilities(rng, 4, 6), labels(rng, 4, 6))


@case("labels", en="small losses of good predictions", ja="よい予測の小さな損失")
def test_small_losses(agree, rng):
    for _ in range(3):
        wrong = rng.uniform(1e-3, 3e-3, size=(3, 1))
        agree("cross_entropy", np.hstack([wrong, 1 - 3 * wrong, wrong * 2]), np.array([1, 1, 1]))


@case("labels", en="one sample with one label", ja="1 サンプルとクラス番号 1 つ")
def test_one_sample_label(agree, rng):
    agree("cross_entropy", probabilities(rng, 1, 5)[0], int(rng.integers(0, 5)))
    agree("cross_entropy", probabilities(rng, 1, 4), rng.integers(0, 4, size=1))


@case("labels", en="labels of 0 and 1 only, and a single class", ja="0 と 1 だけのクラス番号、1 つだけのクラス")
def test_labels_are_told_by_dimensions(student, agree, expect, rng):
    agree("cross_entropy", probabilities(rng, 3, 3), rng.permutation([0, 1, 1]))
    agree("cross_entropy", probabilities(rng, 4, 3), rng.permutation([0, 1, 1, 0]))
    agree("cross_entropy", probabilities(rng, 3, 2), labels(rng, 3, 2))
    expect(student.cross_entropy(np.ones((3, 1)), np.zeros(3, dtype=int)), 0.0)


@case("distributions", en="a batch with one-hot targets", ja="one-hot の正解を与えたバッチ")
def test_one_hot(agree, rng):
    agree("cross_entropy", probabilities(rng, 4, 6), one_hot(labels(rng, 4, 6), 6))
    agree("cross_entropy", probabilities(rng, 5, 3), one_hot(labels(rng, 5, 3), 3).astype(int))
    agree("cross_entropy", probabilities(rng, 3, 3), one_hot(labels(rng, 3, 3), 3).astype(int))


@case("distributions", en="soft targets", ja="ソフトな正解")
def test_soft_targets(agree, rng):
    agree("cross_entropy", probabilities(rng, 4, 5), soft(rng, 4, 5))


@case("distributions", en="one sample as a vector, with a vector", ja="ベクトルの 1 サンプルとベクトルの正解")
def test_one_sample_distribution(agree, rng):
    agree("cross_entropy", probabilities(rng, 1, 4)[0], one_hot(int(rng.integers(0, 4)), 4))
    agree("cross_entropy", probabilities(rng, 1, 4)[0], soft(rng, 1, 4)[0])


@case("guard", en="a class got probability 0", ja="確率が 0 のクラスがあるサンプル")
def test_zero_probability(agree, rng):
    p = np.insert(probabilities(rng, 3, 3), 1, 0.0, axis=1)
    agree("cross_entropy", p, np.array([0, 1, 3]))
    agree("cross_entropy", p, one_hot([2, 1, 0], 4))
    agree("cross_entropy", p, one_hot([0, 2, 3], 4))  # not the right class


@case("guard", en="another lower bound", ja="下限 eps を変えた場合")
def test_other_eps(agree, rng):
    low = rng.uniform(0.005, 0.02)
    p = np.array([[low, 0.4 - low, 0.6], [0.7, 0.3, 0.0], [0.2, 0.75, 0.05]])
    agree("cross_entropy", p, np.array([0, 2, 1]), eps=0.1)
    agree("cross_entropy", p, one_hot([0, 2, 1], 3), eps=1e-3)
    agree("cross_entropy", p, np.array([1, 2, 0]), 1e-5)


@case("guard", en="probabilities above the bound are used unchanged", ja="下限より大きい確率は変えない")
def test_nothing_else_is_clipped(student, agree, expect, rng):
    agree("cross_entropy", np.array([[1.0, 0.0], [0.04, 0.96]]), np.array([0, 1]), eps=0.05)
    t = labels(rng, 4, 3)
    expect(student.cross_entropy(one_hot(t, 3), t), 0.0)  # perfect predictions cost nothing
    expect(student.cross_entropy(one_hot(t, 3), one_hot(t, 3)), 0.0)


@case("logits", en="a batch of logits with labels", ja="ロジットのバッチとクラス番号")
def test_logits_labels(agree, rng):
    agree("softmax_cross_entropy", rng.normal(size=(5, 5)) * 2, labels(rng, 5, 5))
    agree("softmax_cross_entropy", rng.normal(size=(3, 3)) * 2, rng.permutation([0, 1, 1]))
    agree("softmax_cross_entropy", rng.normal(size=(4, 6)) * 2, labels(rng, 4, 6))


@case("logits", en="one-hot and soft targets", ja="one-hot の正解とソフトな正解")
def test_logits_distributions(agree, rng):
    agree("softmax_cross_entropy", rng.normal(size=(4, 6)) * 2, one_hot(labels(rng, 4, 6), 6))
    agree("softmax_cross_entropy", rng.normal(size=(3, 3)) * 2, one_hot(labels(rng, 3, 3), 3).astype(int))
    agree("softmax_cross_entropy", rng.normal(size=(4, 5)) * 2, soft(rng, 4, 5))


@case("logits", en="one sample as a vector, and a single class", ja="ベクトルの 1 サンプル、1 つだけのクラス")
def test_logits_one_sample(student, agree, expect, rng):
    agree("softmax_cross_entropy", rng.normal(size=(3, 2)), labels(rng, 3, 2))
    expect(student.softmax_cross_entropy(rng.normal(size=(3, 1)), np.zeros(3, dtype=int)), 0.0)
    agree("softmax_cross_entropy", rng.normal(size=5) * 2, int(rng.integers(0, 5)))
    agree("softmax_cross_entropy", rng.normal(size=5) * 2, one_hot(int(rng.integers(0, 5)), 5))
    agree("softmax_cross_entropy", rng.normal(size=4) * 2, soft(rng, 1, 4)[0])


@case("logits", en="good predictions cost little or nothing", ja="よい予測の小さな損失")
def test_logits_small_losses(student, agree, expect, rng):
    for _ in range(3):
        t = labels(rng, 4, 3)
        agree("softmax_cross_entropy", rng.normal(size=(4, 3)) * 0.2 + 7 * one_hot(t, 3), t)
    expect(student.softmax_cross_entropy(one_hot(t, 3) * 1e4, t), 0.0)
    agree("softmax_cross_entropy", rng.normal(size=(4, 3)), t)


@case("logits", en="very wrong predictions and huge losses", ja="大きく外れた予測と非常に大きな損失")
def test_huge_losses(agree, rng):
    z = rng.normal(size=(3, 4))
    z[np.arange(3), [0, 3, 1]] -= rng.uniform(40, 60, size=3)
    agree("softmax_cross_entropy", z, np.array([0, 3, 1]))  # no clipped probability gives so much
    z = 1e4 * np.array([[1.0, 0.0, -1.0], [-1.0, 1.0, 0.0], [0.5, -1.0, 1.0]])
    agree("softmax_cross_entropy", z + rng.normal(size=(3, 3)), np.array([2, 0, 0]))
    agree("softmax_cross_entropy", z, one_hot([1, 2, 1], 3))


@case("logits", en="rows that are far from 0 as a whole", ja="行全体が 0 から遠く離れたロジット")
def test_rows_far_from_zero(agree, rng):
    agree("softmax_cross_entropy", rng.normal(size=(3, 4)) * 2 - 900, labels(rng, 3, 4))
    offset = np.array([[0.0], [1000.0], [-1000.0], [1e4]])
    agree("softmax_cross_entropy", rng.normal(size=(4, 3)) * 2 + offset, labels(rng, 4, 3))
    agree("softmax_cross_entropy", rng.normal(size=5) * 2 - 1e4, int(rng.integers(0, 5)))


@case("inputs", en="cross_entropy leaves its arguments as they were", ja="cross_entropy が引数を書き換えない")
def test_input_unchanged(unchanged, rng):
    p = np.insert(probabilities(rng, 3, 3), 1, 0.0, axis=1)
    unchanged("cross_entropy", p, np.array([0, 1, 3]))
    unchanged("cross_entropy", p, one_hot([0, 1, 3], 4))


@case("inputs", en="cross_entropy with any array-like", ja="cross_entropy にいろいろな型の入力を渡す")
def test_input_kinds(agree, rng):
    p = probabilities(rng, 3, 4).tolist()
    agree("cross_entropy", p, [3, 0, 2])
    agree("cross_entropy", p, [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1]])
    agree("cross_entropy", [[1, 0], [0, 1], [1, 0]], [0, 0, 0])
    for dtype in (np.int32, np.uint8):
        agree("cross_entropy", probabilities(rng, 4, 5), labels(rng, 4, 5).astype(dtype))
    agree("cross_entropy", probabilities(rng, 4, 5).astype(np.float32), labels(rng, 4, 5), tol=FLOAT32)
    p = probabilities(rng, 8, 5)
    agree("cross_entropy", p[::-2], labels(rng, 8, 5)[::2])
    agree("cross_entropy", np.asfortranarray(p), one_hot(labels(rng, 8, 5), 5)[:, ::-1])


@case(
    "inputs",
    en="softmax_cross_entropy leaves its arguments as they were",
    ja="softmax_cross_entropy が引数を書き換えない",
)
def test_logits_unchanged(unchanged, rng):
    unchanged("softmax_cross_entropy", rng.normal(size=(3, 4)), np.array([0, 1, 3]))
    unchanged("softmax_cross_entropy", rng.normal(size=(3, 4)), soft(rng, 3, 4))


@case("inputs", en="softmax_cross_entropy with any array-like", ja="softmax_cross_entropy にいろいろな型の入力を渡す")
def test_logits_kinds(agree, rng):
    agree("softmax_cross_entropy", [[3, -1, 0], [2, 2, 5]], [1, 0])
    agree("softmax_cross_entropy", [[0.5, -1.0, 0.0], [2.5, 2.0, 5.0]], [[0, 1, 0], [1, 0, 0]])
    agree("softmax_cross_entropy", np.array([[3, 1, 0], [2, 250, 255]], dtype=np.uint8), np.array([1, 0]))
    agree("softmax_cross_entropy", rng.normal(size=(4, 5)).astype(np.float32), labels(rng, 4, 5), tol=FLOAT32)
    z = rng.normal(size=(5, 8)) * 2
    agree("softmax_cross_entropy", z.T[::-2], labels(rng, 8, 5)[::2])
    agree("softmax_cross_entropy", z.T, one_hot(labels(rng, 8, 5), 5)[:, ::-1])
