# fails: test_negative_is_zero, test_vector, test_number, test_unchanged, test_empty
# cause: array_as_axis
import numpy as np


def relu(x):
    return np.max(0, x)


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
