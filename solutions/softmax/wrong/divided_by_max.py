# fails: test_scores, test_vector, test_batch, test_huge_scores, test_rows_of_different_scale
# cause: divided_by_max
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    e = np.exp(x / np.max(x, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)
