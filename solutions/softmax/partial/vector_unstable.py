# may lose: rows, scale, axis, dimensions, empty, stable, kinds
# better than: not_normalised
import numpy as np


def softmax(x, axis=-1):
    e = np.exp(x)
    return e / np.sum(e)
