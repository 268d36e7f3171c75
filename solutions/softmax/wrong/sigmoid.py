# fails: test_batch, test_vector
# cause: sigmoid
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x, dtype=float)
    return 0.5 * (1 + np.tanh(x / 2))
