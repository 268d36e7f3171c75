# fails: test_negative_is_zero, test_vector, test_lists, test_unchanged, test_slope_of_negative_inputs
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
