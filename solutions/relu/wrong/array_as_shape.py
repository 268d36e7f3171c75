# fails: test_slope_of_negative_inputs, test_slope_at_zero, test_slope_of_a_vector, test_slope_at_a_number, test_slope_unchanged
# cause: array_as_shape
import numpy as np


def relu(x):
    return np.maximum(0, x)


def relu_grad(x):
    grad = np.zeros(x)
    grad[x > 0] = 1
    return grad
