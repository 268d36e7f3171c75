# fails: test_scores, test_vector, test_batch, test_huge_scores, test_rows_of_different_scale
# cause: plus_one
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / (1 + e.sum(axis=axis, keepdims=True))
