# fails: test_huge_scores, test_very_negative_row, test_rows_of_different_scale, test_other_axis_is_stable_too
# cause: overflow
import numpy as np


def softmax(x, axis=-1):
    e = np.exp(np.asarray(x, dtype=float))
    return e / e.sum(axis=axis, keepdims=True)
