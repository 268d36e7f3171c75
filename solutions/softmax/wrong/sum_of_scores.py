# fails: test_scores, test_vector, test_batch, test_huge_scores, test_rows_of_different_scale
# cause: sum_of_scores
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    return np.exp(x) / np.exp(np.sum(x, axis=axis, keepdims=True))
