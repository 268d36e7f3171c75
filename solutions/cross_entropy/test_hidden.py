"""Hidden suite of `cross_entropy`.

A question that is not about the form of the target is asked in each form, and one right answer is
enough; a question that is not about batches is asked of one sample. What does not ask about digits
allows for four decimals, so that it does not see an ``1e-7`` that was added.
"""

import numpy as np

from autograder.testing import FLOAT32, Tolerance, case, properties

FOUR_DECIMALS = Tolerance(rtol=0.0, atol=6e-5)


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


def one_sample(row, label):
    """One sample, as a batch of one and as a vector, with its label and its one-hot vector."""
    target = one_hot(label, len(row))
    return (row[None], np.array([label])), (row[None], target[None]), (row, int(label)), (row, target)


def batch(rows, t):
    """A batch with labels and with one-hot targets."""
    return (rows, t), (rows, one_hot(t, rows.shape[1]))


def row_of_probabilities(rng, k):
    return probabilities(rng, 1, k)[0]


def sample(rng, row):
    """A row with one of its classes, which is not the most likely one."""
    return row, int(rng.choice(np.argsort(row)[:-1]))


# cross_entropy


@case("ce_value", en="the loss of one sample", ja="1 サンプルの損失")
def test_one_loss(either, rng):
    for k in (5, 3):
        forms = one_sample(*sample(rng, row_of_probabilities(rng, k)))
        either("cross_entropy", *forms, tol=FOUR_DECIMALS)


@case("ce_value", en="an unlikely class is right", ja="確率の低いクラスが正解")
def test_large_loss(either, rng):
    low = rng.uniform(0.01, 0.03)
    either("cross_entropy", *one_sample(np.array([0.6, low, 0.4 - low]), 1), tol=FOUR_DECIMALS)


@case("ce_value", en="a good prediction", ja="よい予測の小さな損失")
def test_small_loss(either, rng):
    wrong = rng.uniform(0.01, 0.02)
    either("cross_entropy", *one_sample(np.array([wrong, 1 - 3 * wrong, 2 * wrong]), 1), tol=FOUR_DECIMALS)


@case("ce_mean", en="the mean over a batch", ja="バッチの平均")
def test_mean(either, rng):
    either("cross_entropy", *batch(probabilities(rng, 4, 6), labels(rng, 4, 6)), tol=FOUR_DECIMALS)


@case("ce_mean", en="as many samples as classes", ja="サンプル数とクラス数が等しいバッチ")
def test_mean_of_a_square(either, rng):
    either("cross_entropy", *batch(probabilities(rng, 5, 5), labels(rng, 5, 5)), tol=FOUR_DECIMALS)


@case("ce_labels", en="a batch with class labels", ja="クラス番号で正解を与えたバッチ")
def test_labels(agree, rng):
    agree("cross_entropy", probabilities(rng, 4, 6), labels(rng, 4, 6), tol=FOUR_DECIMALS)


@case("ce_labels", en="as many labels as classes", ja="クラス番号の個数とクラス数が等しい場合")
def test_labels_of_a_square(agree, rng):
    agree("cross_entropy", probabilities(rng, 5, 5), labels(rng, 5, 5), tol=FOUR_DECIMALS)


@case("ce_one_hot", en="a batch with one-hot targets", ja="one-hot の正解を与えたバッチ")
def test_one_hot(agree, rng):
    agree("cross_entropy", probabilities(rng, 4, 6), one_hot(labels(rng, 4, 6), 6), tol=FOUR_DECIMALS)


@case("ce_one_hot", en="one-hot targets of whole numbers", ja="整数の one-hot")
def test_one_hot_of_integers(agree, rng):
    t = one_hot(labels(rng, 3, 3), 3).astype(int)
    agree("cross_entropy", probabilities(rng, 3, 3), t, tol=FOUR_DECIMALS)


@case("ce_soft", en="soft targets", ja="ソフトな正解")
def test_soft_targets(agree, rng):
    agree("cross_entropy", probabilities(rng, 4, 5), probabilities(rng, 4, 5), tol=FOUR_DECIMALS)


@case("ce_vector", en="one sample as a vector", ja="ベクトルで渡された 1 サンプル")
def test_vector(either, rng):
    either("cross_entropy", *one_sample(*sample(rng, row_of_probabilities(rng, 5)))[2:], tol=FOUR_DECIMALS)


@case("ce_vector_forms", en="a vector with one label", ja="ベクトルとクラス番号 1 つ")
def test_vector_with_label(agree, rng):
    agree("cross_entropy", np.sort(row_of_probabilities(rng, 5)), 1, tol=FOUR_DECIMALS)


@case("ce_vector_forms", en="a vector with a one-hot vector", ja="ベクトルと one-hot ベクトル")
def test_vector_with_one_hot(agree, rng):
    agree("cross_entropy", row_of_probabilities(rng, 4), one_hot(int(rng.integers(4)), 4), tol=FOUR_DECIMALS)


@case("ce_vector_forms", en="a vector with a soft vector", ja="ベクトルとソフトな正解のベクトル")
def test_vector_with_soft(agree, rng):
    agree("cross_entropy", row_of_probabilities(rng, 4), row_of_probabilities(rng, 4), tol=FOUR_DECIMALS)


@case("ce_told_apart", en="labels of 0 and 1 only", ja="0 と 1 だけのクラス番号")
def test_labels_that_look_like_one_hot(agree, rng):
    agree("cross_entropy", np.sort(probabilities(rng, 3, 3)), rng.permutation([0, 1, 1]), tol=FOUR_DECIMALS)


@case("ce_told_apart", en="labels where there are two classes, or one", ja="クラスが 2 つまたは 1 つの場合のクラス番号")
def test_single_class(agree, rng):
    agree("cross_entropy", probabilities(rng, 3, 2), labels(rng, 3, 2), tol=FOUR_DECIMALS)
    agree("cross_entropy", np.ones((3, 1)), np.zeros(3, dtype=int), tol=FOUR_DECIMALS)


@case("ce_guard", en="the right class got probability 0", ja="正解クラスの確率が 0")
def test_probability_of_zero(either, student, require, rng):
    either("cross_entropy", *one_sample(*sample(rng, row_of_probabilities(rng, 4))), tol=FOUR_DECIMALS)
    forms = one_sample(np.insert(row_of_probabilities(rng, 3), 1, 0.0), 1)
    losses = [loss for form in forms if np.size(loss := attempt(student, form)) == 1]
    found = [float(np.asarray(loss).ravel()[0]) for loss in losses]
    require(any(5 < loss < 1000 for loss in found), observed=found[:1])


def attempt(student, form):
    """The student's loss, or nothing where the code does not take the form."""
    try:
        loss = student.cross_entropy(*(part.copy() if isinstance(part, np.ndarray) else part for part in form))
        return np.asarray(loss, dtype=float)
    except (TypeError, ValueError, IndexError, AttributeError):
        return ()


@case("ce_guard", en="another class got probability 0", ja="正解でないクラスの確率が 0")
def test_zero_elsewhere(either, rng):
    forms = one_sample(np.insert(row_of_probabilities(rng, 3), 1, 0.0), 2)
    either("cross_entropy", *forms, tol=FOUR_DECIMALS)


@case("ce_eps", en="the bound is eps", ja="下限は eps")
def test_default_eps(either, rng):
    either("cross_entropy", *one_sample(np.array([0.7, 0.3, 0.0]), 2), tol=FOUR_DECIMALS)


@case("ce_eps", en="another bound", ja="下限 eps を変えた場合")
def test_other_eps(either, rng):
    either("cross_entropy", *one_sample(np.array([0.0, 0.4, 0.6]), 0), eps=1e-3, tol=FOUR_DECIMALS)
    low = rng.uniform(0.005, 0.02)
    p = np.array([low, 0.4 - low, 0.6])
    either("cross_entropy", *one_sample(p, 0), eps=0.1, tol=FOUR_DECIMALS)
    either("cross_entropy", *one_sample(p, 0), eps=1e-3, tol=FOUR_DECIMALS)


@case("ce_eps", en="probabilities above the bound are used unchanged", ja="下限より大きい確率は変えない")
def test_nothing_else_is_clipped(either):
    either("cross_entropy", *one_sample(np.array([0.04, 0.96]), 1), eps=0.05, tol=FOUR_DECIMALS)
    either("cross_entropy", *one_sample(np.array([0.0, 1.0, 0.0]), 1))  # a perfect prediction costs nothing


@case("ce_digits", en="the result is not rounded", ja="結果を丸めない")
def test_all_digits(either, rng):
    right = rng.uniform(0.5, 0.8)
    either("cross_entropy", *one_sample(np.array([0.1, right, 0.9 - right]), 1))


@properties.lists("cross_entropy", "ce_kinds", tol=FOUR_DECIMALS)
def test_lists(rng):
    return [*batch(probabilities(rng, 3, 4), labels(rng, 3, 4))]


@case("ce_kinds", en="whole numbers", ja="整数")
def test_integers(either, rng):
    t = labels(rng, 3, 4)
    either("cross_entropy", *batch(probabilities(rng, 3, 4), t), tol=FOUR_DECIMALS)  # 0 alone is no answer
    either("cross_entropy", *batch(one_hot(t, 4).astype(int), t), tol=FOUR_DECIMALS)


@case("ce_kinds", en="whole numbers with one-hot targets", ja="整数の予測と one-hot の正解")
def test_integers_with_one_hot(agree, rng):
    t = one_hot(labels(rng, 3, 4), 4)
    agree("cross_entropy", probabilities(rng, 3, 4), t, tol=FOUR_DECIMALS)
    agree("cross_entropy", t.astype(int), t, tol=FOUR_DECIMALS)


@case("ce_kinds", en="labels of other integer types", ja="ほかの整数型のクラス番号")
def test_label_types(either, rng):
    p, t = probabilities(rng, 4, 5), labels(rng, 4, 5)
    for kind in (np.int32, np.uint8):
        either("cross_entropy", *((p, target.astype(kind)) for _, target in batch(p, t)), tol=FOUR_DECIMALS)


@properties.float32("cross_entropy", "ce_kinds", tol=FLOAT32)
def test_float32(rng):
    return [*batch(probabilities(rng, 3, 4), labels(rng, 3, 4))]


@properties.views("cross_entropy", "ce_kinds", tol=FOUR_DECIMALS)
def test_views(rng):
    return [*batch(probabilities(rng, 3, 4), labels(rng, 3, 4))]


@properties.unchanged("cross_entropy", "ce_unchanged", tol=FOUR_DECIMALS)
def test_unchanged(rng):
    return [*one_sample(np.insert(row_of_probabilities(rng, 3), 1, 1e-15), 2)]


# softmax_cross_entropy


def logits(rng, *shape):
    return rng.normal(size=shape) * 2


def eighths(rng, *shape):
    """Logits between -2 and 2 that stay what they are beside 1e4, in single precision too."""
    return rng.integers(-16, 17, size=shape) / 8


@case("logits_value", en="the loss of one sample", ja="1 サンプルの損失")
def test_one_loss_of_logits(either, rng):
    for k in (5, 3):
        either("softmax_cross_entropy", *one_sample(*sample(rng, logits(rng, k))), tol=FOUR_DECIMALS)


@case("logits_value", en="two classes", ja="2 クラス")
def test_two_classes(either, rng):
    z = np.array([rng.uniform(0.5, 1), -rng.uniform(0.5, 1)])
    either("softmax_cross_entropy", *one_sample(z, 1), tol=FOUR_DECIMALS)


@case("logits_value", en="a good prediction", ja="よい予測の小さな損失")
def test_small_loss_of_logits(either, rng):
    z = np.array([0.0, rng.uniform(3, 4), -1.0])
    either("softmax_cross_entropy", *one_sample(z, 1), tol=FOUR_DECIMALS)


@case("logits_mean", en="the mean over a batch", ja="バッチの平均")
def test_mean_of_logits(either, rng):
    either("softmax_cross_entropy", *batch(logits(rng, 4, 6), labels(rng, 4, 6)), tol=FOUR_DECIMALS)


@case("logits_mean", en="as many samples as classes", ja="サンプル数とクラス数が等しいバッチ")
def test_mean_of_square_logits(either, rng):
    either("softmax_cross_entropy", *batch(logits(rng, 5, 5), labels(rng, 5, 5)), tol=FOUR_DECIMALS)


@case("logits_labels", en="a batch with class labels", ja="クラス番号で正解を与えたバッチ")
def test_logits_with_labels(agree, rng):
    agree("softmax_cross_entropy", logits(rng, 4, 6), labels(rng, 4, 6), tol=FOUR_DECIMALS)


@case("logits_labels", en="as many labels as classes", ja="クラス番号の個数とクラス数が等しい場合")
def test_square_logits_with_labels(agree, rng):
    agree("softmax_cross_entropy", logits(rng, 5, 5), labels(rng, 5, 5), tol=FOUR_DECIMALS)


@case("logits_one_hot", en="a batch with one-hot targets", ja="one-hot の正解を与えたバッチ")
def test_logits_with_one_hot(agree, rng):
    agree("softmax_cross_entropy", logits(rng, 4, 6), one_hot(labels(rng, 4, 6), 6), tol=FOUR_DECIMALS)


@case("logits_one_hot", en="one-hot targets of whole numbers", ja="整数の one-hot")
def test_logits_with_one_hot_of_integers(agree, rng):
    t = one_hot(labels(rng, 3, 3), 3).astype(int)
    agree("softmax_cross_entropy", logits(rng, 3, 3), t, tol=FOUR_DECIMALS)


@case("logits_soft", en="soft targets", ja="ソフトな正解")
def test_logits_with_soft_targets(agree, rng):
    agree("softmax_cross_entropy", logits(rng, 4, 5), probabilities(rng, 4, 5), tol=FOUR_DECIMALS)


@case("logits_vector", en="one sample as a vector", ja="ベクトルで渡された 1 サンプル")
def test_vector_of_logits(either, rng):
    either("softmax_cross_entropy", *one_sample(*sample(rng, logits(rng, 5)))[2:], tol=FOUR_DECIMALS)


@case("logits_vector_forms", en="a vector with one label", ja="ベクトルとクラス番号 1 つ")
def test_vector_of_logits_with_label(agree, rng):
    agree("softmax_cross_entropy", np.sort(logits(rng, 5)), 1, tol=FOUR_DECIMALS)


@case("logits_vector_forms", en="a vector with a one-hot vector", ja="ベクトルと one-hot ベクトル")
def test_vector_of_logits_with_one_hot(agree, rng):
    agree("softmax_cross_entropy", logits(rng, 4), one_hot(int(rng.integers(4)), 4), tol=FOUR_DECIMALS)


@case("logits_vector_forms", en="a vector with a soft vector", ja="ベクトルとソフトな正解のベクトル")
def test_vector_of_logits_with_soft(agree, rng):
    agree("softmax_cross_entropy", logits(rng, 4), row_of_probabilities(rng, 4), tol=FOUR_DECIMALS)


@case("logits_told_apart", en="labels of 0 and 1 only", ja="0 と 1 だけのクラス番号")
def test_logits_with_labels_like_one_hot(agree, rng):
    agree("softmax_cross_entropy", np.sort(logits(rng, 3, 3)), rng.permutation([0, 1, 1]), tol=FOUR_DECIMALS)


@case(
    "logits_told_apart",
    en="labels where there are two classes, or one",
    ja="クラスが 2 つまたは 1 つの場合のクラス番号",
)
def test_single_class_of_logits(agree, rng):
    agree("softmax_cross_entropy", logits(rng, 3, 2), labels(rng, 3, 2), tol=FOUR_DECIMALS)
    agree("softmax_cross_entropy", logits(rng, 3, 1), np.zeros(3, dtype=int), tol=FOUR_DECIMALS)


@case("logits_stable", en="large logits", ja="大きなロジット")
def test_large_logits(either, rng):
    either("softmax_cross_entropy", *one_sample(*sample(rng, eighths(rng, 4) + 1e4)), tol=FOUR_DECIMALS)


@case("logits_stable", en="very negative logits", ja="非常に小さい（負の）ロジット")
def test_very_negative_logits(either, rng):
    for offset in (900, 1e4):
        either("softmax_cross_entropy", *one_sample(*sample(rng, eighths(rng, 4) - offset)), tol=FOUR_DECIMALS)


@case("logits_stable", en="a logit far below the others", ja="1 つだけ極端に小さいロジット")
def test_one_far_below(either, rng):
    z = eighths(rng, 3) + np.array([1000, 1000, 0])
    either("softmax_cross_entropy", *one_sample(z, 1), tol=FOUR_DECIMALS)


@case("logits_scale", en="rows of very different scale", ja="行ごとに大きさがまったく違うバッチ")
def test_rows_of_different_scale(either, rng):
    z = eighths(rng, 4, 3) + np.array([[0.0], [1000.0], [-1000.0], [1e4]])
    either("softmax_cross_entropy", *batch(z, labels(rng, 4, 3)), tol=FOUR_DECIMALS)


@case("logits_huge", en="a huge loss is not cut off", ja="非常に大きな損失を打ち切らない")
def test_huge_loss(either, rng):
    z = 1e4 * np.array([1.0, 0.0, -1.0])
    either("softmax_cross_entropy", *one_sample(z, 2), tol=FOUR_DECIMALS)


@case("logits_huge", en="a very wrong prediction", ja="大きく外れた予測")
def test_very_wrong(either, rng):
    z = eighths(rng, 4)
    z[1] -= 60
    either("softmax_cross_entropy", *one_sample(z, 1), tol=FOUR_DECIMALS)


@case("logits_digits", en="the result is not rounded", ja="結果を丸めない")
def test_all_digits_of_logits(either, rng):
    either("softmax_cross_entropy", *one_sample(*sample(rng, logits(rng, 4))))
    either("softmax_cross_entropy", *one_sample(np.array([0.0, rng.uniform(7, 8), 0.5]), 1))


@case("logits_digits", en="double precision", ja="倍精度を保つ")
def test_double_precision(either, rng):
    for _ in range(3):
        either("softmax_cross_entropy", *one_sample(*sample(rng, rng.uniform(300, 302, size=4))))


@properties.lists("softmax_cross_entropy", "logits_kinds", tol=FOUR_DECIMALS)
def test_lists_of_logits(rng):
    return [*batch(logits(rng, 3, 4), labels(rng, 3, 4))]


@properties.integers("softmax_cross_entropy", "logits_kinds", tol=FOUR_DECIMALS)
def test_integer_logits(rng):
    return [*batch(rng.integers(-3, 4, size=(3, 4)) * 1.0, labels(rng, 3, 4))]


@properties.unsigned("softmax_cross_entropy", "logits_kinds", tol=FOUR_DECIMALS)
def test_unsigned_logits():
    return [*batch(np.array([[3.0, 1.0, 0.0], [252.0, 250.0, 255.0]]), np.array([1, 0]))]


@properties.float32("softmax_cross_entropy", "logits_kinds", tol=FLOAT32)
def test_float32_logits(rng):
    return [*batch(logits(rng, 3, 4), labels(rng, 3, 4))]


@properties.views("softmax_cross_entropy", "logits_kinds", tol=FOUR_DECIMALS)
def test_views_of_logits(rng):
    return [*batch(logits(rng, 3, 4), labels(rng, 3, 4))]


@properties.unchanged("softmax_cross_entropy", "logits_unchanged", tol=FOUR_DECIMALS)
def test_logits_unchanged(rng):
    return [*one_sample(*sample(rng, logits(rng, 4)))]
