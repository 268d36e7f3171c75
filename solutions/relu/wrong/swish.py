# fails: test_negative_is_zero, test_vector, test_number, test_unchanged
# cause: smooth_curve
import numpy as np


def relu(x):
    x = np.asarray(x, dtype=float)
    return x / (1 + np.exp(-x))


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
