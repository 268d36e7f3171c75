# fails: test_small_positive_values_pass_through, test_negative_is_zero
# cause: smooth_curve
import numpy as np


def relu(x):
    return np.logaddexp(0.0, x)


def relu_grad(x):
    x = np.clip(np.asarray(x, dtype=float), -30, 30)
    return 1 / (1 + np.exp(-x))
