# fails: test_batch, test_rows_of_different_scale, test_axis_zero, test_three_dimensions, test_empty_batch
# cause: return_in_loop
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    if x.ndim == 1:
        e = np.exp(x - np.max(x))
        return e / np.sum(e)
    for row in x:
        return softmax(row)
    return x
