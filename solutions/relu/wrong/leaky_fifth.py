# fails: test_negative_is_zero, test_vector, test_number, test_unchanged, test_slope_of_negative_inputs
# cause: leaky_slope
import numpy as np


def relu(x):
    x = np.asarray(x)
    return np.maximum(x, 0.2 * x)


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.2)
