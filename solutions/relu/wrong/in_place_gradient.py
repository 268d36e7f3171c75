# fails: test_slope_unchanged
# cause: mutated_argument
import numpy as np


def relu(x):
    return np.maximum(np.asarray(x), 0)


def relu_grad(x):
    x = np.asarray(x)
    x[x <= 0] = 0
    x[x > 0] = 1
    return x
