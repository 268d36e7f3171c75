# fails: test_large_values_pass_through, test_vector_of_both_signs
# cause: upper_limit
import numpy as np


def relu(x):
    return np.clip(x, 0, 1)


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
