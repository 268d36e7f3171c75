# fails: test_scores, test_vector, test_batch, test_huge_scores, test_rows_of_different_scale
# cause: max_on_one_side
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    e = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return e / np.sum(np.exp(x), axis=axis, keepdims=True)
