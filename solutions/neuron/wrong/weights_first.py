# fails: test_square_batch, test_batch
# cause: weights_first
import numpy as np


def preactivation(x, w, b):
    return np.dot(w, x) + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
