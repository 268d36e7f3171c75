# fails: test_negative_is_zero, test_vector, test_number, test_unchanged, test_empty
# cause: array_taken_as_shape
import numpy as np


def relu(x):
    out = np.zeros(x)
    out[x > 0] = x[x > 0]
    return out


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
