"""The forward pass of a convolution layer.

An exercise of the unit "cnn". The task is in ``statement.en.md``.

---
畳み込み層の順伝播です。単元「畳み込みネットワーク」の演習で、課題の説明は ``statement.ja.md`` にあります。
"""

import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    """Slide every filter over every image: multiply, sum, add the bias.

    Parameters
    ----------
    x : array_like, shape (N, C, H, W)
        N images with C channels, H rows and W columns.
    w : array_like, shape (F, C, kh, kw)
        F filters, each with one kernel per input channel. kh and kw may differ.
    b : array_like, shape (F,)
        One bias per filter.
    stride : int
        Step of the window, down and to the right alike; at least 1.
    padding : int
        Rows and columns of zeros put on each of the four sides of every image; at least 0.

    Returns
    -------
    ndarray, shape (N, F, OH, OW)
        OH = floor((H + 2 * padding - kh) / stride) + 1, and OW likewise from W and kw.
        Nested lists will do as well. The dtype is free as long as the values are accurate to
        double precision (single precision for float32 arguments).

    Notes
    -----
    - This is a cross-correlation: the kernel is laid on the image as it is, not flipped.
    - The products are summed over the window and over all C channels; then the bias of the
      filter is added once.
    - Rows at the bottom and columns at the right that do not fill a whole window are dropped.
    - Images and kernels need not be square. The kernel always fits into the padded image.
    - Lists, integers (uint8 too), float32 and non-contiguous views are accepted. Integers are
      computed in float64: nothing is cut off, nothing overflows.
    - The arguments are not modified.

    ---
    すべての画像の上で各フィルターをずらしながら、要素ごとの積の和を取り、バイアスを足します。

    - 入力 x の形状は (N, C, H, W)、フィルター w は (F, C, kh, kw)、バイアス b は (F,) です。
      戻り値の形状は (N, F, OH, OW)、OH = floor((H + 2 * padding - kh) / stride) + 1 で、
      OW も W と kw から同じように決まります。入れ子のリストでも構いません。
      dtype は問いませんが、倍精度（引数が float32 なら単精度）の正確さが必要です。
    - 相互相関です。カーネルは反転せず、そのままの向きで画像に重ねます。
    - 積の和は、窓の中と入力チャンネル C 個の全体で取ります。そのあとフィルターごとのバイアスを 1 回だけ足します。
    - stride は縦横共通の移動間隔（1 以上の整数）です。窓に満たない下端の行と右端の列は捨てます。
    - padding は上下左右の 4 辺に付け足す 0 の幅（0 以上の整数）です。
    - 画像もカーネルも正方形とは限りません。カーネルは必ずパディング後の画像に収まります。
    - リスト、整数（uint8 も含む）、float32、メモリ上で連続でないビューも受け取ります。
      整数は float64 で計算します（切り捨てや桁あふれを起こさないこと）。
    - 引数の配列は書き換えません。
    """
    ### BEGIN SOLUTION
    x, w, b = (np.asarray(a, dtype=np.float64) for a in (x, w, b))
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    # Every window at once, as a view without copying: (N, C, OH, OW, kh, kw).
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    out = np.tensordot(windows, w, axes=((1, 4, 5), (1, 2, 3)))  # (N, OH, OW, F)
    return out.transpose(0, 3, 1, 2) + b[:, None, None]
    ### END SOLUTION
