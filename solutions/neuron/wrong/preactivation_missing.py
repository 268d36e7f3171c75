# fails: test_one_sample, test_batch
# cause: function_missing
import numpy as np


def neuron(x, w, b, activation):
    return activation(np.asarray(x, dtype=float) @ np.asarray(w, dtype=float) + b)
