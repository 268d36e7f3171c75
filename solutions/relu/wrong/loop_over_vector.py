# fails: test_matrix_of_both_signs, test_relu_of_a_number, test_relu_of_other_shapes
# cause: one_axis_only
import numpy as np


def relu(x):
    return np.array([v if v > 0 else 0.0 for v in x])


def relu_grad(x):
    return np.array([1.0 if v > 0 else 0.0 for v in x])
