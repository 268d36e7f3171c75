# fails: test_negative_is_zero, test_vector, test_number, test_unchanged
# cause: truncated
import numpy as np


def relu(x):
    return np.maximum(x, 0).astype(int)


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
