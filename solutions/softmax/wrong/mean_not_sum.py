# fails: test_batch, test_vector
# cause: mean_not_sum
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    e = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return e / np.mean(e, axis=axis, keepdims=True)
