# fails: test_columns_of_different_scale, test_axis_zero, test_each_axis
# cause: wrong_signature
import numpy as np


def softmax(x):
    x = np.asarray(x, dtype=float)
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
