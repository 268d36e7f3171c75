# may lose: vector, scale, axis, dimensions
# textbook
# better than: vector_stable
import numpy as np


def softmax(x, axis=-1):
    x = np.array(x, dtype=float)
    e = np.exp(x - np.max(x, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)
