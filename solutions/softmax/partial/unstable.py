# may lose: stable, scale, kinds
# textbook
# better than: vector_stable
import numpy as np


def softmax(x, axis=-1):
    e = np.exp(x)
    return e / e.sum(axis=axis, keepdims=True)
