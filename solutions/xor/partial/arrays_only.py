# may lose: xnor_kinds, xor_kinds
# textbook
# better than: relu_one_pair, comparison
import numpy as np


def layer(x1, x2, last, bias):
    x = np.stack([x1 + x2, x1 + x2 - 1.0])
    x[x < 0] = 0
    y = last[0] * x[0] + last[1] * x[1] + bias
    y[y < 0] = 0
    return y


def xnor_net(x1, x2):
    return layer(x1, x2, (-1, 2), 1)


def xor_net(x1, x2):
    return layer(x1, x2, (1, -2), 0)
