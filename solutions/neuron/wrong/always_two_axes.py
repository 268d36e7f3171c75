# fails: test_one_sample
# cause: extra_axis
import numpy as np


def preactivation(x, w, b):
    return np.dot(np.atleast_2d(x), w) + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
