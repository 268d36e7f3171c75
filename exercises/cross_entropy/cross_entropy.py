"""Cross-entropy loss, from probabilities and from logits.

An exercise of the unit "losses". The task is described in ``statement.en.md``.

The two functions are graded separately; neither needs the other.

---
クロスエントロピー誤差を、確率から計算する関数と、ロジットから計算する関数です。

単元「損失関数」の演習です。課題の説明は ``statement.ja.md`` にあります。

2 つの関数は別々に採点されます。片方がもう片方を必要とすることはありません。
"""

import numpy as np


def cross_entropy(p, t, eps=1e-12):
    """Mean cross-entropy of predicted probabilities: ``-sum_k t_k log(max(p_k, eps))`` for each sample.

    The order of the arguments is (prediction, target).

    Parameters
    ----------
    p : array_like, shape (N, K) or (K,)
        Predicted probabilities, one sample a row. A one-dimensional `p` is one sample. They
        are used as they are: no softmax is applied here.
    t : array_like
        The targets, in one of two forms, told apart by the number of dimensions (not by
        the size): with one dimension less than `p`, class labels 0 ... K-1 (shape ``(N,)``; for a
        one-dimensional `p` one integer); with as many dimensions as `p`, distributions (shape
        ``(N, K)``; for a one-dimensional `p` shape ``(K,)``), one-hot or soft. Each row
        of a distribution sums to 1; soft means that several classes share it.
    eps : float, default 1e-12
        Smallest probability: `p` is replaced by ``max(p, eps)`` before the logarithm. Values
        above `eps` are used unchanged, so that a perfect prediction has loss 0.

    Returns
    -------
    float
        One number (a 0-d array will do): natural logarithm, mean over the N samples, never negative.

    Notes
    -----
    - For one sample (one-dimensional `p`) the result is that sample's loss.
    - Lists and integers are accepted, labels of any integer type (int32, uint8, ...). Integer `p`
      is computed in float64. For float32 `p` single precision is enough.
    - `p` and `t` are not modified, and the result is not rounded. An empty batch is not tested.

    ---
    予測確率に対するクロスエントロピー誤差（サンプルごとの ``-sum_k t_k log(max(p_k, eps))`` の平均）を返します。

    - 引数の順序は（予測, 正解）です。
    - p：予測確率。形状 ``(N, K)`` で 1 行が 1 サンプルです。1 次元の p ``(K,)`` は 1 サンプルを表します。
      p はそのまま使います（この関数の中でソフトマックスは計算しません）。
    - t：正解。2 通りの形があり、要素数ではなく次元数で区別します。p より 1 次元少なければ
      クラス番号 0 … K-1（形状 ``(N,)``、p が 1 次元なら整数 1 つ）です。p と同じ次元数なら分布（形状
      ``(N, K)``、p が 1 次元なら ``(K,)``）で、one-hot でもソフト（複数のクラスに配分したもの）でもかまいません。
      分布の各行の和は 1 です。
    - eps：確率の下限。対数の前に p を ``max(p, eps)`` に置き換えます。eps より大きい値は変えません。
      そのため、完全に正しい予測の損失は 0 になります。
    - 戻り値：1 つの数（0 次元配列でもよい）。自然対数を使い、N サンプルで平均します。負にはなりません。
      p が 1 次元なら、その 1 サンプルの損失です。
    - リストや整数も受け取ります。クラス番号の整数型（int32、uint8 など）は問いません。p が整数なら float64 で
      計算します。p が float32 なら単精度の結果で十分です。
    - p も t も書き換えません。結果は丸めません。空のバッチはテストしません。
    """
    # Write your code here and remove the line below.
    # ここにコードを書き、下の行を消しましょう。
    raise NotImplementedError


def softmax_cross_entropy(z, t):
    """Mean cross-entropy of ``softmax(z)``, computed from the logits `z` themselves.

    For each sample ``log(sum_j exp(z_j)) - sum_k t_k z_k``, with the first term as a stable
    log-sum-exp: the maximum is subtracted before `exp` and added back after the logarithm.

    Parameters
    ----------
    z : array_like, shape (N, K) or (K,)
        Logits: scores before softmax, any real numbers, one sample a row. A one-dimensional `z`
        is one sample.
    t : array_like
        The targets, as in `cross_entropy`: with one dimension less than `z`, class labels
        0 ... K-1 (for a one-dimensional `z` one integer); with as many dimensions as `z`,
        distributions (one-hot or soft) of which each row sums to 1.

    Returns
    -------
    float
        One number (a 0-d array will do): natural logarithm, mean over the N samples, never negative.

    Notes
    -----
    - Finite and correct for logits as large as 1e4 and as small as -1e4, also where the rows
      of one batch are of very different scale. There is no `eps` here: nothing is clipped, and a loss of
      20000 is returned as 20000.
    - Lists and integers (also unsigned ones such as uint8) are accepted and computed in float64.
      For float32 `z` single precision is enough.
    - `z` and `t` are not modified, and the result is not rounded. An empty batch is not tested.

    ---
    ``softmax(z)`` のクロスエントロピー誤差の平均を、ロジット z から直接計算します。

    サンプルごとの損失は ``log(sum_j exp(z_j)) - sum_k t_k z_k`` です。第 1 項は安定な log-sum-exp として計算します。
    つまり、exp の前に最大値を引き、対数を取ったあとに足し戻します。

    - z：ロジット（ソフトマックスに通す前の得点）。任意の実数で、形状 ``(N, K)``、1 行が 1 サンプルです。
      1 次元の z ``(K,)`` は 1 サンプルを表します。
    - t：正解。``cross_entropy`` と同じく次元数で区別します。z より 1 次元少なければクラス番号 0 … K-1（z が
      1 次元なら整数 1 つ）、z と同じ次元数なら各行の和が 1 の分布（one-hot またはソフト）です。
    - 戻り値：1 つの数（0 次元配列でもよい）。自然対数を使い、N サンプルで平均します。負にはなりません。
    - ロジットが 1e4 や -1e4 ほど極端でも、行ごとに大きさがまったく違うバッチでも、有限で正しい値を返します。
      この関数に eps はありません。値を打ち切らないので、損失が 20000 なら 20000 を返します。
    - リストや整数（uint8 などの符号なし整数も）を受け取り、float64 で計算します。z が float32 なら
      単精度の結果で十分です。
    - z も t も書き換えません。結果は丸めません。空のバッチはテストしません。
    """
    # Write your code here and remove the line below.
    # ここにコードを書き、下の行を消しましょう。
    raise NotImplementedError
