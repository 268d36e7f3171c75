# fails: test_slope_of_negative_inputs, test_slope_of_both_signs
# cause: no_gate
import numpy as np


def relu(x):
    return np.maximum(np.asarray(x), 0)


def relu_grad(x):
    return np.ones(np.shape(x))
