# fails: test_negative_is_zero, test_vector, test_number, test_unchanged, test_slope_of_negative_inputs
# cause: smooth_curve
import numpy as np


def relu(x):
    return np.logaddexp(0.0, x)


def relu_grad(x):
    x = np.clip(np.asarray(x, dtype=float), -30, 30)
    return 1 / (1 + np.exp(-x))
