# fails: test_batch, test_rows_of_different_scale, test_axis_zero, test_three_dimensions
# cause: return_in_loop
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    if x.ndim == 1:
        e = np.exp(x - np.max(x))
        return e / np.sum(e)
    y = np.zeros_like(x)
    for i in range(len(x)):
        y[i] = softmax(x[i])
        return y
    return y
