import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x) * 1.0
    return np.exp(x - np.expand_dims(np.logaddexp.reduce(x, axis=axis), axis))
