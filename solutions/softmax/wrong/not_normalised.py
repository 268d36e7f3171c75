# fails: test_scores, test_vector, test_batch, test_very_negative_scores, test_rows_of_different_scale
# cause: not_normalised
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    return np.exp(x - np.max(x, axis=axis, keepdims=True))
