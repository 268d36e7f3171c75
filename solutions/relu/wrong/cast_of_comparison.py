# fails: test_slope_at_a_number
# cause: arrays_only
import numpy as np


def relu(x):
    return np.maximum(0, x)


def relu_grad(x):
    return (x > 0).astype(float)
