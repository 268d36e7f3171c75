# fails: test_vector_of_both_signs, test_slope_of_both_signs
# cause: functions_exchanged
import numpy as np


def relu(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


def relu_grad(x):
    return np.maximum(np.asarray(x), 0)
