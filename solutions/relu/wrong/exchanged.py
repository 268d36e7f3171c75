# fails: test_negative_is_zero, test_vector, test_number, test_unchanged, test_slope_of_negative_inputs
# cause: functions_exchanged
import numpy as np


def relu(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


def relu_grad(x):
    return np.maximum(np.asarray(x), 0)
