# fails: test_slope_of_negative_inputs, test_slope_at_zero, test_slope_of_a_vector, test_slope_of_lists, test_slope_unchanged
# cause: reduced_to_scalar
import numpy as np


def relu(x):
    return np.maximum(np.asarray(x), 0)


def relu_grad(x):
    return np.sum(np.asarray(x) > 0)
