# fails: test_small_positive_values_pass_through, test_vector, test_lists, test_unchanged, test_slope_of_small_inputs
# cause: threshold_not_zero
import numpy as np


def relu(x):
    x = np.asarray(x)
    return np.where(x > 1, x, 0)


def relu_grad(x):
    return np.where(np.asarray(x) > 1, 1.0, 0.0)
