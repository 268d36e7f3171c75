"""Max pooling and average pooling.

An exercise of the unit "cnn". The task is in ``statement.en.md``.

---
最大プーリングと平均プーリングです。単元「畳み込みネットワーク」の演習で、課題の説明は ``statement.ja.md`` にあります。
"""

import numpy as np


def max_pool2d(x, k, stride=None, padding=0):
    """The largest value of every k x k window, channel by channel.

    Parameters
    ----------
    x : array_like, shape (N, C, H, W)
        N images with C channels; they need not be square.
    k : int
        Height and width of the window.
    stride : int, optional
        Step of the window, down and to the right alike. Not given (None): k.
    padding : int
        Rows and columns put on each of the four sides of every image, at most k / 2. They
        count as minus infinity: padding is never the largest value.

    Returns
    -------
    ndarray, shape (N, C, OH, OW)
        OH = floor((H + 2 * padding - k) / stride) + 1, and OW likewise from W. Any dtype that
        holds the values exactly, and nested lists, will do.

    Notes
    -----
    - Rows at the bottom and columns at the right that do not fill a whole window are dropped.
      The window always fits into the padded image.
    - Lists, integers (uint8 too), float32 and non-contiguous views are accepted.
    - `x` is not modified.

    ---
    チャンネルごとに、k×k の各窓の中で最大の値を取ります。

    - x の形状は (N, C, H, W) で、正方形とは限りません。戻り値の形状は (N, C, OH, OW)、
      OH = floor((H + 2 * padding - k) / stride) + 1 で、OW も W から同じように決まります。
      戻り値の dtype は値を正確に表せるものなら何でもよく、入れ子のリストでも構いません。
    - stride は縦横共通の移動間隔です。省略したとき（None）は k と同じです。
    - padding は上下左右の 4 辺に付け足す幅で、k / 2 以下です。付け足した部分は −∞ とみなすので、
      最大値に選ばれることはありません。
    - 窓に満たない下端の行と右端の列は捨てます。窓は必ずパディング後の画像に収まります。
    - リスト、整数（uint8 も含む）、float32、メモリ上で連続でないビューも受け取ります。
    - x は書き換えません。
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=np.float64)
    stride = k if stride is None else stride
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    # Every window at once, as a view without copying: (N, C, OH, OW, k, k).
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))[:, :, ::stride, ::stride]
    return windows.max(axis=(4, 5))
    ### END SOLUTION


def avg_pool2d(x, k, stride=None, padding=0):
    """The mean of every k x k window, channel by channel.

    Parameters
    ----------
    x : array_like, shape (N, C, H, W)
        N images with C channels; they need not be square.
    k : int
        Height and width of the window.
    stride : int, optional
        Step of the window, down and to the right alike. Not given (None): k.
    padding : int
        Rows and columns of zeros put on each of the four sides of every image, at most k / 2.
        The zeros count: every window is divided by k * k.

    Returns
    -------
    ndarray, shape (N, C, OH, OW)
        OH = floor((H + 2 * padding - k) / stride) + 1, and OW likewise from W. Nested
        lists will do as well. The dtype is free as long as the values are accurate to double
        precision (single precision for float32 pixels).

    Notes
    -----
    - Rows at the bottom and columns at the right that do not fill a whole window are dropped.
      The window always fits into the padded image.
    - Lists, integers (uint8 too), float32 and non-contiguous views are accepted. Integers are
      computed in float64: nothing is cut off, nothing overflows.
    - `x` is not modified.

    ---
    チャンネルごとに、k×k の各窓の平均を取ります。

    - x の形状は (N, C, H, W) で、正方形とは限りません。戻り値の形状は (N, C, OH, OW)、
      OH = floor((H + 2 * padding - k) / stride) + 1 で、OW も W から同じように決まります。
      入れ子のリストでも構いません。dtype は問いませんが、倍精度（x が float32 なら単精度）の正確さが必要です。
    - stride は縦横共通の移動間隔です。省略したとき（None）は k と同じです。
    - padding は上下左右の 4 辺に付け足す 0 の幅で、k / 2 以下です。付け足した 0 も個数に数えるので、
      どの窓でも k * k で割ります。
    - 窓に満たない下端の行と右端の列は捨てます。窓は必ずパディング後の画像に収まります。
    - リスト、整数（uint8 も含む）、float32、メモリ上で連続でないビューも受け取ります。
      整数は float64 で計算します（切り捨てや桁あふれを起こさないこと）。
    - x は書き換えません。
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=np.float64)
    stride = k if stride is None else stride
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))[:, :, ::stride, ::stride]
    return windows.mean(axis=(4, 5))
    ### END SOLUTION
