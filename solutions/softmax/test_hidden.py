"""Hidden suite of `softmax`."""

import numpy as np

from autograder.testing import FLOAT32, case


@case("rows", en="one sample", ja="1 サンプル")
def test_vector(agree, rng):
    agree("softmax", rng.normal(size=6) * 2)


@case("rows", en="a batch of samples", ja="複数サンプルのバッチ")
def test_batch(agree, rng):
    agree("softmax", rng.normal(size=(4, 6)) * 2)


@case("rows", en="as many samples as classes", ja="サンプル数とクラス数が等しいバッチ")
def test_square_batch(agree, rng):
    agree("softmax", rng.normal(size=(5, 5)) * 2)


@case("rows", en="two classes and the sigmoid; equal scores", ja="2 クラスとシグモイド関数の関係、等しい得点")
def test_known_values(student, expect, rng):
    u = rng.uniform(0.5, 4, size=3) * rng.choice([-1.0, 1.0], size=3)
    p = 1 / (1 + np.exp(-u))
    expect(student.softmax(np.stack([u, np.zeros(3)], axis=1)), np.stack([p, 1 - p], axis=1))
    row = rng.uniform(-3, 3, size=(3, 1))
    expect(student.softmax(np.repeat(row, 4, axis=1)), np.full((3, 4), 0.25))


@case("rows", en="a batch of one sample, and of one class", ja="1 サンプルだけ、または 1 クラスだけのバッチ")
def test_one_row_and_one_column(agree, rng):
    agree("softmax", rng.normal(size=(1, 5)) + 1)
    agree("softmax", rng.normal(size=(4, 1)) + 1)


@case("stability", en="huge scores of both signs", ja="正負の非常に大きな得点")
def test_huge_scores(agree, rng):
    big = 1e4 * np.array([[1.0, 0.0, -1.0], [-1.0, 1.0, 1.0], [0.5, 0.5, 1.0]])
    agree("softmax", big + rng.normal(size=(3, 3)))


@case("stability", en="a row of very negative scores", ja="非常に小さい（負の）得点だけの行")
def test_very_negative_row(agree, rng):
    agree("softmax", rng.normal(size=5) - 1e4)
    agree("softmax", rng.normal(size=(3, 4)) - 900)


@case("stability", en="rows of very different scale in one batch", ja="行ごとに大きさがまったく違うバッチ")
def test_rows_of_different_scale(agree, rng):
    offset = np.array([[0.0], [1000.0], [-1000.0], [1e4]])
    agree("softmax", rng.normal(size=(4, 3)) + offset)


@case("stability", en="adding a constant to a row changes nothing", ja="行に定数を足しても結果は変わらない")
def test_shift_invariance(student, reference, expect, rng):
    x = rng.normal(size=(3, 5))
    expect(student.softmax(x + rng.uniform(800, 2000)), reference.softmax(x))


@case("axes", en="columns of a batch", ja="列ごとの正規化")
def test_axis_zero(agree, rng):
    agree("softmax", rng.normal(size=(3, 5)) * 2, axis=0)
    agree("softmax", rng.normal(size=(4, 4)) * 2, 0)


@case("axes", en="three dimensions, last axis", ja="3 次元配列の最後の軸")
def test_three_dimensions(agree, rng):
    agree("softmax", rng.normal(size=(2, 3, 4)) * 2)


@case("axes", en="each axis of three and four dimensions", ja="3 次元・4 次元配列の各軸")
def test_each_axis(agree, rng):
    for axis in (0, 1, 2, -1, -2, -3):
        agree("softmax", rng.normal(size=(2, 4, 3)) * 2, axis=axis)
    agree("softmax", rng.normal(size=(2, 5, 3, 4)), axis=1)  # images, over their channels


@case("axes", en="large scores along another axis", ja="最後の軸以外での大きな得点")
def test_other_axis_is_stable_too(agree, rng):
    offset = np.array([0.0, 1000.0, -1000.0, 5000.0])
    agree("softmax", rng.normal(size=(3, 4)) + offset, axis=0)
    agree("softmax", rng.normal(size=(2, 3, 4)) + offset, axis=1)


@case("axes", en="an empty batch", ja="空のバッチ")
def test_empty_batch(student, agree, expect, rng):
    agree("softmax", rng.normal(size=(1, 4)))  # code that always returns nothing is not right
    out = student.softmax(np.zeros((0, 4)))
    # a nested list cannot say how wide nothing is
    expect(np.zeros((0, 4)) if np.shape(out) == (0,) else out, np.zeros((0, 4)))


@case("inputs", en="the argument stays as it was", ja="引数を書き換えない")
def test_input_unchanged(unchanged, rng):
    unchanged("softmax", rng.normal(size=(3, 4)))
    unchanged("softmax", rng.normal(size=5) + 100)
    unchanged("softmax", rng.normal(size=(2, 3, 4)), axis=1)


@case("inputs", en="lists and integers, also unsigned ones", ja="リストと整数（符号なしも含む）")
def test_lists_and_integers(agree, rng):
    agree("softmax", [0.5, -1.25, 2.0])
    agree("softmax", [[3, -1, 0], [2, 2, 5]])
    agree("softmax", rng.integers(-3, 4, size=(3, 5)))
    agree("softmax", rng.permutation(np.array([0, 1, 3, 250, 253, 254], dtype=np.uint8)).reshape(2, 3))


@case("inputs", en="single precision", ja="単精度（float32）")
def test_float32(agree, rng):
    agree("softmax", rng.normal(size=(3, 4)).astype(np.float32), tol=FLOAT32)


@case("inputs", en="double precision is kept", ja="倍精度を保つ")
def test_precision(agree, rng):
    agree("softmax", rng.uniform(5000, 5002, size=(3, 4)))


@case("inputs", en="views with strides, reversed and transposed", ja="飛び飛び・逆順・転置のビュー")
def test_views(agree, rng):
    x = rng.normal(size=(6, 8)) * 2
    agree("softmax", x[::2, ::-1])
    agree("softmax", x.T)
    agree("softmax", np.broadcast_to(x[0], (3, 8)))
