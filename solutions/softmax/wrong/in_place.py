# fails: test_unchanged
# cause: mutated_argument
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x)
    if x.dtype.kind in "iu":
        x = x.astype(float)
    x -= x.max(axis=axis, keepdims=True)
    e = np.exp(x)
    return e / e.sum(axis=axis, keepdims=True)
