import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=np.float64)
    if x.size == 0:
        return x.copy()
    return np.exp(x - np.logaddexp.reduce(x, axis=axis, keepdims=True))
