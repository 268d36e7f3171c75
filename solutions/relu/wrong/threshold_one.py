# fails: test_small_positive_values_pass_through, test_vector_of_both_signs, test_slope_of_positive_inputs
# cause: threshold_not_zero
import numpy as np


def relu(x):
    x = np.asarray(x)
    return np.where(x > 1, x, 0)


def relu_grad(x):
    return np.where(np.asarray(x) > 1, 1.0, 0.0)
