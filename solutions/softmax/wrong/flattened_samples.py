# fails: test_columns_of_different_scale, test_axis_zero, test_three_dimensions, test_empty_batch
# cause: two_dimensions_only
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    flat = x.reshape(len(x), -1) if x.ndim > 1 else x
    e = np.exp(flat - flat.max(axis=-1, keepdims=True))
    return (e / e.sum(axis=-1, keepdims=True)).reshape(x.shape)
