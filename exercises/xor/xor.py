"""Two small networks of ReLU neurons: XNOR (from the lecture) and XOR (your own).

An exercise of the unit "neurons". The task is explained in ``statement.en.md``.

---
ReLU ニューロンだけで作る 2 つの小さなネットワーク：XNOR（講義の例）と XOR（自分で設計）。
単元「ニューロン」の演習です。課題の説明は ``statement.ja.md`` にあります。
"""

import numpy as np


def xnor_net(x1, x2):
    """1 where x1 and x2 are equal, 0 where they differ, computed by ReLU neurons only.

    The network of the lecture: two neurons n1, n2 look at the inputs, a third looks at n1
    and n2. Any other weights and any other number of ReLU neurons are accepted if the
    output is 0 or 1 within 1e-9 for inputs 0 and 1. In detail:

    - Every neuron computes relu(weighted sum + bias) of the inputs or of other neurons.
    - Comparisons, logical operators, rounding, tables and products of x1 and x2 are not
      neurons. A network of ReLU neurons has no jump and consists of straight pieces. This
      is graded: the function is also called with numbers between 0 and 1. Which values it
      gives there is up to your weights.

    Parameters
    ----------
    x1, x2 : array_like
        The two inputs, of the same shape: plain numbers, lists, or arrays with any number
        of axes; ints or floats. They are not modified.

    Returns
    -------
    float or ndarray
        One output for each pair, in the shape of the inputs.

    ---
    x1 と x2 が等しければ 1、異なれば 0 を、ReLU ニューロンだけで計算します。

    講義のネットワークでは、2 つのニューロン n1、n2 が入力を受け取り、3 つ目のニューロンが n1 と n2 を
    受け取ります。入力が 0 と 1 のときの出力が、誤差 1e-9 以内で 0 か 1 になるなら、重みや ReLU ニューロンの
    個数は自由です。

    - どのニューロンも、入力またはほかのニューロンの出力について relu(重み付き和 + バイアス) を計算します。
    - 比較、論理演算、丸め、表引き、x1 と x2 の積は、ニューロンではありません。ReLU ニューロンの
      ネットワークの出力は、途中で跳ぶことがなく、直線をつないだ形になります。この点も採点するため、
      0 と 1 の間の数も渡されます（そこでの値は重みによって決まり、決まった正解はありません）。
    - x1, x2: 同じ形状の入力。1 つの数、リスト、任意の次元の配列（int か float）です。書き換えません。
    - 戻り値: 1 組につき 1 つの出力。形状は入力と同じです。
    """
    # Write your code here and remove the line below.
    # ここにコードを書き、下の行を消しましょう。
    raise NotImplementedError


def xor_net(x1, x2):
    """1 where x1 and x2 differ, 0 where they are equal, computed by ReLU neurons only.

    One neuron alone cannot do this. Any weights and any number of ReLU neurons are
    accepted if the output is 0 or 1 within 1e-9 for inputs 0 and 1. What counts as a
    neuron, the inputs and the result are as for `xnor_net`.

    ---
    x1 と x2 が異なれば 1、等しければ 0 を、ReLU ニューロンだけで計算します。

    - ニューロン 1 つでは実現できません。入力が 0 と 1 のときの出力が、誤差 1e-9 以内で 0 か 1 になるなら、
      重みや ReLU ニューロンの個数は自由です。
    - ニューロンとみなすもの、引数、戻り値については `xnor_net` と同じです（途中で跳ばないこと、
      直線をつないだ形になることも同じく採点します）。
    """
    # Write your code here and remove the line below.
    # ここにコードを書き、下の行を消しましょう。
    raise NotImplementedError
