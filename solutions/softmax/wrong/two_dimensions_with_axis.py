# fails: test_three_dimensions
# cause: two_dimensions_only
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    if x.ndim == 2:
        e = np.exp(x - np.max(x, axis=axis, keepdims=True))
        return e / np.sum(e, axis=axis, keepdims=True)
    e = np.exp(x - np.max(x))
    return e / np.sum(e)
