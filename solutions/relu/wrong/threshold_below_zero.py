# fails: test_negative_is_zero, test_vector, test_lists, test_unchanged
# cause: threshold_not_zero
import numpy as np


def relu(x):
    x = np.array(x)
    return np.where(x > -1, x, 0)


def relu_grad(x):
    return (np.asarray(x) > 0).astype(float)
