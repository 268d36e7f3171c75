# fails: test_very_negative_scores, test_rows_of_different_scale
# cause: subtracts_abs_max
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    e = np.exp(x - np.abs(x).max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
