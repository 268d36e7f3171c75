# fails: test_matrix, test_number, test_slope_of_a_matrix, test_slope_at_a_number
# cause: one_axis_only
import numpy as np


def relu(x):
    return np.array([v if v > 0 else 0.0 for v in x])


def relu_grad(x):
    return np.array([1.0 if v > 0 else 0.0 for v in x])
