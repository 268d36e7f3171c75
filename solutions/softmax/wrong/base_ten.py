# fails: test_scores, test_vector, test_batch, test_very_negative_scores, test_rows_of_different_scale
# cause: other_base
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    e = 10.0 ** (x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
