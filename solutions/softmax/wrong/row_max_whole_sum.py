# fails: test_batch, test_rows_of_different_scale, test_axis_zero, test_three_dimensions
# cause: whole_array
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    e = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return e / np.sum(e)
