# fails: test_small_positive_values_pass_through, test_vector_of_both_signs
# cause: truncated
import numpy as np


def relu(x):
    return np.maximum(x, 0).astype(int)


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
