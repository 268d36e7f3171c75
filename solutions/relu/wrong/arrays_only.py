# fails: test_number, test_slope_at_a_number
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
