"""Backpropagation through a network with one hidden layer.

An exercise of the unit "gradients". The statement is in ``statement.en.md``.

---
中間層が 1 つのネットワークの誤差逆伝播法。
単元「勾配」の演習です。問題文は ``statement.ja.md`` にあります。
"""

import numpy as np


def mlp_forward(x, params):
    """The network's output ``relu(x @ W1 + b1) @ W2 + b2``, one row per sample.

    Parameters
    ----------
    x : array_like, shape (N, D)
        The samples, one in each row. Integers, float32 and nested lists are accepted.
    params : dict
        ``W1`` (D, H), ``b1`` (H,), ``W2`` (H, K), ``b2`` (K,): arrays of floats or integers.
        Read them by name: their order in the dict is not fixed.

    Returns
    -------
    ndarray, shape (N, K)
        The *logits*: no activation and no softmax after the second layer.

    Notes
    -----
    - The order is (x, params) here, and (params, x, t) in `mlp_loss_and_grads`.
    - `x` and `params` are not modified, and no key is added to `params`.

    ---
    ネットワークの出力 ``relu(x @ W1 + b1) @ W2 + b2`` を計算します（1 行が 1 サンプル）。

    - x の形状は (N, D) です。整数、float32、入れ子のリストも受け取れるようにします。
    - params は辞書で、W1 (D, H)、b1 (H,)、W2 (H, K)、b2 (K,) が入っています（浮動小数点数または整数の配列）。
      辞書の中の順序は決まっていないので、名前で取り出します。
    - 戻り値はロジットで、形状は (N, K) です。第 2 層のあとには活性化関数も softmax も適用しません。
    - 引数の順序は、この関数では (x, params)、mlp_loss_and_grads では (params, x, t) です。
    - x と params は書き換えません。params にキーを追加することもしません。
    """
    # Write your code here and remove the line below.
    # ここにコードを書き、下の行を消しましょう。
    raise NotImplementedError


def mlp_loss_and_grads(params, x, t):
    """Softmax cross-entropy of `mlp_forward`, and its gradient for every parameter.

    Parameters
    ----------
    params : dict
        ``W1`` (D, H), ``b1`` (H,), ``W2`` (H, K), ``b2`` (K,): arrays of floats or integers.
    x : array_like, shape (N, D)
        The samples, one in each row, N >= 1. Integers, float32 and nested lists are accepted.
    t : array_like of int, shape (N,)
        The right class of each sample, 0 to K - 1 (not one-hot). A batch need not contain
        every class.

    Returns
    -------
    loss : float
        Mean over the N samples of -log(softmax(logits)[right class]), natural logarithm;
        a single number.
    grads : dict
        The gradient of `loss` for each parameter: exactly the keys ``W1``, ``b1``, ``W2``,
        ``b2``, each value of the same shape as the parameter.

    Notes
    -----
    - The loss is a mean, so that 1/N belongs to the gradients as well, exactly once.
    - The slope of ReLU at exactly 0 is taken as 0.
    - Loss and gradients are finite also for logits as large as 1e4 in absolute value, and such
      a loss is large where the prediction is wrong (no number added inside the logarithm hides it).
    - `params`, `x` and `t` are not modified; the parameters are not updated here.

    ---
    mlp_forward の出力に対する softmax クロスエントロピー誤差と、全パラメータの勾配を求めます。

    - 引数の順序は (params, x, t) です。params と x は mlp_forward と同じです（N は 1 以上）。
    - t は正解クラスの番号（0 から K−1 の整数）を並べたもので、形状は (N,) です。one-hot ではありません。
      バッチにすべてのクラスが現れるとは限りません。
    - 戻り値は (loss, grads) です。loss は 1 つの数で、−log(softmax(ロジット)[正解クラス]) の
      N サンプルについての平均です（自然対数）。
    - grads は辞書で、キーは W1、b1、W2、b2 のちょうど 4 つ、値の形状は各パラメータと同じです。
    - loss が平均なので、勾配にも 1/N がちょうど 1 回かかります。
    - ReLU の 0 での傾きは 0 とします。
    - ロジットの絶対値が 1e4 程度でも loss と勾配は有限です。そのとき予測が誤っていれば loss は大きな値になります
      （対数の中に足した微小値で隠れないようにします）。
    - params、x、t は書き換えません。この関数の中ではパラメータを更新しません。
    """
    # Write your code here and remove the line below.
    # ここにコードを書き、下の行を消しましょう。
    raise NotImplementedError
