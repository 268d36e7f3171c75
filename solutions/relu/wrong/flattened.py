# fails: test_matrix, test_number, test_slope_of_a_matrix, test_slope_at_a_number
# cause: flattened
import numpy as np


def relu(x):
    return np.array([max(0.0, float(v)) for v in np.ravel(x)])


def relu_grad(x):
    return np.array([1.0 if v > 0 else 0.0 for v in np.ravel(x)])
