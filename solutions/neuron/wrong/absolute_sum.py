# fails: test_negative_and_large_sums
# cause: sign_lost
import numpy as np


def preactivation(x, w, b):
    return np.abs(np.dot(x, w) + b)


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
