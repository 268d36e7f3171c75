# fails: test_negative_is_zero, test_matrix_of_both_signs
# cause: max_of_all
import numpy as np


def relu(x):
    return max(0.0, np.max(x))


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
