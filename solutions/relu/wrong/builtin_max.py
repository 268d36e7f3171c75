# fails: test_negative_is_zero, test_vector, test_lists, test_unchanged, test_empty
# cause: if_on_array
import numpy as np


def relu(x):
    return max(0, x)


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
