# fails: test_vector_of_both_signs, test_matrix_of_both_signs, test_negative_is_zero
# cause: dropped_elements
import numpy as np


def relu(x):
    x = np.asarray(x)
    return x[x > 0]


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
