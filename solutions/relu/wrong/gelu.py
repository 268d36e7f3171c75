# fails: test_negative_is_zero, test_vector, test_number, test_unchanged
# cause: smooth_curve
import numpy as np


def relu(x):
    x = np.asarray(x, dtype=float)
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
