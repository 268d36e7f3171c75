# fails: test_batch, test_vector
# cause: no_exponential
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    return x / np.sum(x, axis=axis, keepdims=True)
