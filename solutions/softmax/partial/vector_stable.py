# may lose: rows, scale, axis, dimensions, empty, kinds
# better than: vector_unstable
import numpy as np


def softmax(x, axis=-1):
    e = np.exp(x - np.max(x))
    return e / np.sum(e)
