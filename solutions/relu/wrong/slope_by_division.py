# fails: test_slope_at_zero
# cause: zero_over_zero
import numpy as np


def relu(x):
    return np.maximum(np.asarray(x), 0)


def relu_grad(x):
    x = np.asarray(x, dtype=float)
    with np.errstate(invalid="ignore"):
        return np.maximum(x, 0) / x
