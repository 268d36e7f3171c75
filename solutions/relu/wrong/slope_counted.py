# fails: test_slope_of_both_signs
# cause: reduced_to_scalar
import numpy as np


def relu(x):
    return np.maximum(np.asarray(x), 0)


def relu_grad(x):
    return np.sum(np.asarray(x) > 0)
