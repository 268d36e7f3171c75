"""Softmax: turn scores into probabilities.

An exercise of the unit "activations". The task is described in ``statement.en.md``.
Write it with NumPy yourself; do not call ``scipy.special.softmax``.

---
ソフトマックス関数：得点を確率に変換します。

単元「活性化関数」の演習です。課題の説明は ``statement.ja.md`` にあります。
NumPy を使って自分で書きましょう。``scipy.special.softmax`` は使いません。
"""

import numpy as np


def softmax(x, axis=-1):
    """Softmax along one axis: ``exp(x_k) / sum_j exp(x_j)``.

    Parameters
    ----------
    x : array_like
        Scores, with one dimension or more: a vector ``(K,)``, a batch ``(N, K)`` with one
        sample a row, or any higher dimension. Lists and integers (also unsigned ones such as
        uint8) are accepted and computed in float64.
    axis : int, default -1
        The axis along which the results sum to 1. Negative numbers count from the end, so the
        default is the last axis: each row of a batch by itself. ``axis=0`` normalises columns.

    Returns
    -------
    ndarray
        Probabilities, same shape as `x`: between 0 and 1, summing to 1 along `axis`. Not
        rounded. For float32 input the result may be float32 or float64. An empty batch of
        shape ``(0, K)`` gives shape ``(0, K)``.

    Notes
    -----
    - Finite and correct for scores as large as 1e4 and as small as -1e4 (no overflow, no 0/0).
    - This also holds where the rows of one batch are of very different scale: a row around
      1000 and a row around 0 must not disturb each other.
    - `x` itself is not modified.

    ---
    1 つの軸に沿ったソフトマックス ``exp(x_k) / sum_j exp(x_j)`` を計算します。

    - x：得点。1 次元以上の何次元でもかまいません。ベクトル ``(K,)``、1 行が 1 サンプルの
      バッチ ``(N, K)``、3 次元以上の配列などです。リストや整数（uint8 などの符号なし整数も）
      を受け取り、float64 で計算します。
    - axis：この軸に沿った和が 1 になります。負の値は後ろから数えます。既定値は最後の軸で、
      バッチなら行ごとに正規化します。``axis=0`` なら列ごとです。
    - 戻り値：x と同じ形状の確率。各要素は 0 以上 1 以下で、axis に沿った和は 1 です。丸めません。
      float32 の入力に対しては float32 でも float64 でもかまいません。空のバッチ ``(0, K)`` の
      結果の形状は ``(0, K)`` です。
    - 得点が 1e4 や -1e4 ほど極端でも、有限で正しい値を返します（オーバーフローや 0/0 を起こさない）。
    - 行ごとに得点の大きさがまったく違うバッチ（1000 前後の行と 0 前後の行など）でも、
      行どうしが影響し合わないようにします。
    - 引数 x は書き換えません。
    """
    # Write your code here and remove the line below.
    # ここにコードを書き、下の行を消しましょう。
    raise NotImplementedError
