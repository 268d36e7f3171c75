# fails: test_negative_is_zero, test_vector, test_number, test_unchanged
# cause: mirrored
import numpy as np


def relu(x):
    return np.maximum(-np.asarray(x), 0)


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
