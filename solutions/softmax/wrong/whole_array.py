# fails: test_batch, test_square_batch
# cause: whole_array
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    e = np.exp(x - np.max(x)) if x.size else x
    return e / np.sum(e)
