# fails: test_one_sample, test_bias_once
# cause: bias_per_product
import numpy as np


def preactivation(x, w, b):
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    return np.sum(x * w + b, axis=-1)


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
