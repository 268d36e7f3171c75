# fails: test_scores, test_vector, test_batch, test_huge_scores, test_rows_of_different_scale
# cause: no_exponential
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    return x / np.sum(x, axis=axis, keepdims=True)
