# fails: test_small_positive_values_pass_through
# cause: smooth_curve
import numpy as np


def relu(x):
    x = np.asarray(x, dtype=float)
    return x / (1 + np.exp(-x))


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
