# fails: test_negative_is_zero, test_vector, test_number, test_unchanged
# cause: step_function
import numpy as np


def relu(x):
    return (np.asarray(x) > 0) * 1.0


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
