# fails: test_integers
# cause: integer_result
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x)
    e = np.exp(x - 1.0 * np.max(x, axis=axis, keepdims=True))
    y = np.empty_like(x)
    y[...] = e / np.sum(e, axis=axis, keepdims=True)
    return y
