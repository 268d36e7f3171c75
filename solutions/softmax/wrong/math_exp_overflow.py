# fails: test_huge_scores, test_rows_of_different_scale
# cause: overflow
import math

import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    e = np.array([math.exp(value) for value in x.ravel()]).reshape(x.shape)
    return e / e.sum(axis=axis, keepdims=True)
