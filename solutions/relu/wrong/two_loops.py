# fails: test_vector, test_number, test_slope_of_a_vector, test_slope_at_a_number
# cause: matrix_only
import numpy as np


def relu(x):
    x = np.asarray(x)
    out = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            out[i, j] = max(0, x[i, j])
    return out


def relu_grad(x):
    x = np.asarray(x)
    out = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            if x[i, j] > 0:
                out[i, j] = 1
    return out
