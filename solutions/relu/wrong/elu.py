# fails: test_negative_is_zero, test_vector, test_number, test_unchanged
# cause: smooth_curve
import numpy as np


def relu(x):
    x = np.asarray(x, dtype=float)
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
