# fails: test_small_batches
# cause: squeezed
import numpy as np


def preactivation(x, w, b):
    return np.squeeze(np.dot(x, w) + b)


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
