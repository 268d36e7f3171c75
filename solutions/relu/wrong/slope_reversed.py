# fails: test_slope_of_both_signs
# cause: slope_reversed
import numpy as np


def relu(x):
    return np.maximum(np.asarray(x), 0)


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 0.0, 1.0)
