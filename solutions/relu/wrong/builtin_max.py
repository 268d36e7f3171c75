# fails: test_vector_of_both_signs, test_relu_of_lists
# cause: if_on_array
import numpy as np


def relu(x):
    return max(0, x)


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
