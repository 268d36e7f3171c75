# fails: test_slope_of_positive_inputs, test_slope_of_both_signs
# cause: value_not_slope
import numpy as np


def relu(x):
    return np.maximum(np.asarray(x), 0)


def relu_grad(x):
    return relu(x)
