# fails: test_vector_of_both_signs, test_matrix_of_both_signs
# cause: max_of_all
import numpy as np


def relu(x):
    return np.max(x, 0)


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
