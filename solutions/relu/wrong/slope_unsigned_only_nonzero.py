# fails: test_slope_of_negative_inputs, test_slope_at_zero, test_slope_of_a_vector, test_slope_at_a_number, test_slope_unchanged
# cause: slope_of_nonzero
import numpy as np


def relu(x):
    return np.maximum(np.asarray(x), 0)


def relu_grad(x):
    return (np.asarray(x) != 0).astype(float)
