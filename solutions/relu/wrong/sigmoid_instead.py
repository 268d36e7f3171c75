# fails: test_negative_is_zero, test_vector, test_number, test_unchanged
# cause: other_activation
import numpy as np


def relu(x):
    x = np.asarray(x, dtype=float)
    return 1 / (1 + np.exp(-x))


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
