# fails: test_relu_of_lists, test_relu_of_a_number, test_slope_of_lists_and_integers
# cause: arrays_only
import numpy as np


def relu(x):
    out = x.copy()
    out[out < 0] = 0
    return out


def relu_grad(x):
    out = np.zeros(x.shape)
    out[x > 0] = 1.0
    return out
