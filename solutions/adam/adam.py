"""Adam: momentum and RMSProp combined, with a correction for the first steps.

An exercise of the unit "optimizers". The statement is in ``statement.en.md``.

---
Adam：モメンタムと RMSProp を組み合わせ、最初の数ステップの偏りを補正した最適化手法です。
単元「最適化手法」の演習です。問題文は ``statement.ja.md`` にあります。
"""

import numpy as np


def adam(w, g, state=None, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """One Adam step for one parameter.

    With m, v and t starting at 0, each call computes, element by element::

        t = t + 1
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        w_new = w - lr * m_hat / (sqrt(v_hat) + eps)

    Parameters
    ----------
    w : array_like
        The parameter, of any shape, also a plain number. Lists, float32 and (64-bit) integers are
        accepted; integers give a result in float64.
    g : array_like
        The gradient of the loss with respect to `w`, same shape as `w`.
    state : object, optional
        What the previous call for the same parameter returned as `state_new`; None before
        the first step. You decide what is in it (a dict, a tuple, an object of your own):
        nobody else looks inside.
    lr, beta1, beta2, eps : float
        Learning rate, decay of m, decay of v, and the number that keeps the division finite.

    Returns
    -------
    w_new : ndarray
        The new parameter, same shape as `w`.
    state_new : object
        Pass it as `state` in the next call for the same parameter.

    Notes
    -----
    - Increase t *before* you use it: t is 1 in the first step.
    - eps is added *outside* the square root.
    - A gradient of 0 gives no nan: in the first step such an element of `w` stays as it is.
    - The state keeps m and v *without* the correction; m_hat and v_hat are for this step only.
    - Each parameter has its own state, t included. Keep nothing in global variables.
    - `w`, `g` and the given `state` are not modified: the same call made twice gives the same
      `w_new`, and an old state may be used again.
    - The slide's formula for Adam has three mistakes (see the statement). Do not copy it.

    ---
    1 つのパラメータについて Adam の更新を 1 回行います。

    - m、v、t の初期値は 0 です。t は使う前に 1 増やします（最初の更新では t = 1）。
    - eps は平方根の外で足します。
    - 勾配が 0 でも nan になりません。最初の更新で勾配が 0 の要素は、w の値がそのまま残ります。
    - state に保存するのは補正前の m と v です。m_hat、v_hat はその回の更新だけに使います。
    - state はパラメータごとに別々に持ちます（t も含みます）。グローバル変数には何も残しません。
    - w、g、渡された state は書き換えません。同じ引数で 2 回呼べば同じ w_new が返り、
      古い state をもう一度使うこともできます。
    - state の中身は自由です（辞書、タプル、自作クラスなど）。最初の更新では None が渡されます。
    - w は任意の形状の配列で、単なる数でもかまいません。g は w と同じ形状です。
      リスト、float32、整数（64 ビット）も受け取れるようにします。整数の場合の結果は float64 です。
    - 戻り値は (w_new, state_new) の順です。w_new は w と同じ形状です。
    - 講義スライドの Adam の式には誤りが 3 か所あります（問題文を参照）。そのまま写さないでください。
    """
    ### BEGIN SOLUTION
    w, g = np.asarray(w), np.asarray(g)
    if state is None:
        state = {"t": 0, "m": 0.0, "v": 0.0}
    t = state["t"] + 1
    m = beta1 * state["m"] + (1 - beta1) * g
    v = beta2 * state["v"] + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), {"t": t, "m": m, "v": v}
    ### END SOLUTION
