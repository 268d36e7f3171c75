"""One neuron: weighted sum, bias, activation.

An exercise of the unit "neurons". The task is explained in ``statement.en.md``.

---
1 つのニューロン：重み付き和、バイアス、活性化。単元「ニューロン」の演習です。
課題の説明は ``statement.ja.md`` にあります。
"""

import numpy as np


def preactivation(x, w, b):
    """Weighted sum of the inputs, plus the bias once: what a neuron computes before its activation.

    Negative results stay negative: no activation is applied here. This function is graded
    by itself, because relu(-0.27) = 0 would hide everything that happened before.

    Parameters
    ----------
    x : array_like, shape (..., D)
        The inputs. The last axis runs over the D inputs of the neuron; all axes before it
        run over samples. A single sample has shape (D,).
    w : array_like, shape (D,)
        One weight for each input.
    b : float
        The bias, a single number.

    Returns
    -------
    float or ndarray, shape (...)
        One number for each sample: for x of shape (D,) a single number, for (N, D) an
        array of shape (N,), for (A, B, D) one of shape (A, B).

    Notes
    -----
    Integers, float32, lists and non-contiguous views are allowed. No argument is modified.

    ---
    入力の重み付き和にバイアスを 1 回だけ加えます。ニューロンが活性化の前に計算する値です。

    - 結果が負でもそのまま返します（ここでは活性化関数を適用しません）。relu(-0.27) = 0 では
      それより前の計算が見えなくなるため、この関数は単独でも採点します。
    - x: 形状 (..., D)。最後の軸がニューロンの D 個の入力、それより前の軸はサンプルです。
      1 サンプルだけなら形状は (D,) です。
    - w: 形状 (D,)。入力ごとに重みが 1 つあります。b: バイアス（1 つの数）。
    - 戻り値: 1 サンプルにつき 1 つの数。x が (D,) なら 1 つの数、(N, D) なら形状 (N,) の配列、
      (A, B, D) なら形状 (A, B) の配列です。
    - 整数、float32、リスト、不連続なビューも渡されます。引数は書き換えません。
    """
    # Write your code here and remove the line below.
    # ここにコードを書き、下の行を消しましょう。
    raise NotImplementedError


def neuron(x, w, b, activation):
    """Output of one neuron: the activation, applied once, to the weighted sum plus bias.

    The order is: multiply each input by its weight, add up, add the bias once, then apply
    `activation` once to the result.

    Parameters
    ----------
    x, w, b
        As for `preactivation`.
    activation : callable
        Takes a number or an array and returns the activation of each element, in the same
        shape; for example ``relu`` or ``np.tanh``. Any function can be passed.

    Returns
    -------
    float or ndarray, shape (...)
        One number for each sample, as for `preactivation`. No argument is modified.

    ---
    1 つのニューロンの出力です。重み付き和にバイアスを加えた値に、活性化関数を 1 回だけ適用します。

    - 順序: 各入力に重みを掛け、合計し、バイアスを 1 回加え、その結果に `activation` を 1 回適用します。
    - x, w, b: `preactivation` と同じです。
    - activation: 数または配列を受け取り、要素ごとの活性度を同じ形状で返す関数です
      （たとえば ``relu`` や ``np.tanh``）。どのような関数が渡されるかは決まっていません。
    - 戻り値: `preactivation` と同じく、1 サンプルにつき 1 つの数です。引数は書き換えません。
    """
    # Write your code here and remove the line below.
    # ここにコードを書き、下の行を消しましょう。
    raise NotImplementedError
