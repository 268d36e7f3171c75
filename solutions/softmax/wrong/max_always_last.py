# fails: test_columns_of_different_scale, test_axis_zero, test_each_axis
# cause: max_of_other_axis
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)
