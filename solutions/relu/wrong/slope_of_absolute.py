# fails: test_slope_of_negative_inputs, test_slope_of_both_signs
# cause: slope_of_absolute
import numpy as np


def relu(x):
    return np.maximum(np.asarray(x), 0)


def relu_grad(x):
    return np.sign(x)
