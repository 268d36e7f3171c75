# fails: test_vector, test_columns_of_different_scale, test_axis_zero, test_three_dimensions
# cause: row_loop
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    rows = []
    for row in x:
        e = np.exp(row - np.max(row))
        rows.append(e / np.sum(e))
    return np.array(rows)
