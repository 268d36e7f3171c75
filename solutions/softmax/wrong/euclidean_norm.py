# fails: test_scores, test_vector, test_batch, test_very_negative_scores, test_rows_of_different_scale
# cause: euclidean_norm
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / np.sqrt(np.sum(e**2, axis=axis, keepdims=True))
