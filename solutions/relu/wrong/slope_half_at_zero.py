# fails: test_slope_at_zero
# cause: slope_at_zero
import numpy as np


def relu(x):
    return np.maximum(np.asarray(x), 0)


def relu_grad(x):
    return (np.sign(np.asarray(x, dtype=float)) + 1) / 2
