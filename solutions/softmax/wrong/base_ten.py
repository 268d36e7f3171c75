# fails: test_vector, test_batch
# cause: other_base
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    e = 10.0 ** (x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
