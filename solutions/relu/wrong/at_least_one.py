# fails: test_negative_is_zero, test_vector, test_number, test_unchanged
# cause: lower_limit_not_zero
import numpy as np


def relu(x):
    return np.maximum(x, 1)


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
