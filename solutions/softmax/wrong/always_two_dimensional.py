# fails: test_vector
# cause: extra_axis
import numpy as np


def softmax(x, axis=-1):
    x = np.atleast_2d(np.asarray(x, dtype=float))
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
