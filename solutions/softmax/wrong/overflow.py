# fails: test_huge_scores, test_rows_of_different_scale
# cause: overflow
import numpy as np


def softmax(x, axis=-1):
    e = np.exp(np.asarray(x, dtype=float))
    return e / e.sum(axis=axis, keepdims=True)
