# fails: test_integers
# cause: integer_result
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x)
    y = np.zeros_like(x)
    y[...] = np.exp(x - 1.0 * np.max(x, axis=axis, keepdims=True))
    return y / np.sum(y, axis=axis, keepdims=True)
