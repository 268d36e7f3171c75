# may lose: relu_kinds, slope_kinds
# textbook
# better than: if_returns_ones, loop_over_vector
import numpy as np


def relu(x):
    return x * (x > 0)


def relu_grad(x):
    return (x > 0).astype(np.float64)
