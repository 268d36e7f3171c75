# fails: test_negative_is_zero, test_vector, test_number, test_unchanged, test_empty
# cause: max_of_all
import numpy as np


def relu(x):
    return np.max(x, 0)


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
