import numpy as np


def softmax(x, axis=-1):
    x = np.swapaxes(np.array(x, np.float64, copy=True), axis, 0)
    x -= x.max(axis=0)
    np.exp(x, out=x)
    x /= x.sum(axis=0)
    return x.swapaxes(0, axis)
