# fails: test_batch, test_rows_of_different_scale, test_axis_zero, test_three_dimensions, test_empty_batch
# cause: max_of_other_axis
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    other = 0 if axis in (-1, x.ndim - 1) else -1
    e = np.exp(x - np.max(x, axis=other, keepdims=True)) if x.size else x
    return e / np.sum(e, axis=axis, keepdims=True)
