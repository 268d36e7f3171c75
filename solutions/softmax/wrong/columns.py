# fails: test_batch, test_square_batch, test_three_dimensions
# cause: columns
import numpy as np


def softmax(x, axis=0):
    x = np.asarray(x, dtype=float)
    e = np.exp(x - np.max(x, axis=axis, keepdims=True)) if x.size else x
    return e / np.sum(e, axis=axis, keepdims=True)
