# fails: test_very_negative_scores, test_rows_of_different_scale
# cause: clipped
import numpy as np


def softmax(x, axis=-1):
    x = np.clip(np.asarray(x, dtype=float), -500, 500)
    e = np.exp(x)
    return e / e.sum(axis=axis, keepdims=True)
