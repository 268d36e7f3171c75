# fails: test_vector_of_both_signs, test_matrix_of_both_signs
# cause: one_answer_for_all
import numpy as np


def relu(x):
    x = np.asarray(x)
    if np.all(x >= 0):
        return x
    return np.zeros_like(x)


def relu_grad(x):
    x = np.asarray(x)
    return np.ones(x.shape) if np.all(x > 0) else np.zeros(x.shape)
