# fails: test_batch, test_square_batch
# cause: wrong_axis
import numpy as np


def preactivation(x, w, b):
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    return np.sum(x * w, axis=0) + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
