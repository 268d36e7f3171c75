# fails: test_one_sample, test_batch
# cause: weights_ignored
import numpy as np


def preactivation(x, w, b):
    return np.sum(np.asarray(x, dtype=float), axis=-1) + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
