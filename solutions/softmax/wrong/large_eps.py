# fails: test_scores, test_vector, test_batch, test_huge_scores, test_rows_of_different_scale
# cause: eps_in_denominator
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / (e.sum(axis=axis, keepdims=True) + 1e-3)
