# fails: test_batch, test_vector, test_known_values
# cause: softmin
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    e = np.exp(np.min(x, axis=axis, keepdims=True) - x)
    return e / np.sum(e, axis=axis, keepdims=True)
