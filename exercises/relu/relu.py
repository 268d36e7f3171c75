"""ReLU and its gradient.

An exercise of the unit "activations". The task is explained in ``statement.en.md``.

---
ReLU とその勾配。単元「活性化関数」の演習です。課題の説明は ``statement.ja.md`` にあります。
"""

import numpy as np


def relu(x):
    """Rectified linear unit, element by element: x where x > 0, otherwise 0.

    There is no upper limit, and negative inputs give exactly 0. Every element is treated
    alone: its result does not depend on the other elements.

    Parameters
    ----------
    x : array_like
        Any shape: a plain number, a list, an array with any number of axes, also an empty
        one. Integers of any width (also uint8), float32 and non-contiguous views are allowed.

    Returns
    -------
    ndarray
        The same shape as `x`, in a new array. `x` itself is not modified.

    ---
    ReLU（正規化線形関数）。要素ごとに、x > 0 なら x、それ以外は 0 を返します。

    - 上限はありません。負の入力に対する値はちょうど 0 です。
    - 要素ごとに独立に計算します。ほかの要素の値には左右されません。
    - 引数 x: 任意の形状。1 つの数、リスト、何次元の配列でもかまいません（空の配列も含みます）。
      整数（uint8 なども含む）、float32、不連続なビューも渡されます。
    - 戻り値: x と同じ形状の新しい配列。x そのものは書き換えません。
    """
    # Write your code here and remove the line below.
    # ここにコードを書き、下の行を消しましょう。
    raise NotImplementedError


def relu_grad(x):
    """Derivative of `relu` at `x`, element by element: 1 where x > 0, otherwise 0.

    At x = 0, where the graph has a corner, this course defines the derivative to be 0.

    Parameters
    ----------
    x : array_like
        The *input* of relu, not its output. Shapes and kinds of numbers as for `relu`.

    Returns
    -------
    ndarray
        0 or 1 (as float, int or bool) for each element, in a new array of the same shape
        as `x`. `x` itself is not modified.

    ---
    `relu` の x における微分。要素ごとに、x > 0 なら 1、それ以外は 0 を返します。

    - グラフが折れ曲がる x = 0 での微分は、この講座では 0 と定めます。
    - 引数 x: relu の「入力」です（出力ではありません）。形状や数の種類は `relu` と同じです。
    - 戻り値: 要素ごとに 0 か 1（float、int、bool のどれでも可）。x と同じ形状の新しい配列です。
      x そのものは書き換えません。
    """
    # Write your code here and remove the line below.
    # ここにコードを書き、下の行を消しましょう。
    raise NotImplementedError
