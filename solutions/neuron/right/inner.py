import numpy as np


def preactivation(x, w, b):
    return np.add(np.inner(x, w), b)


def neuron(x, w, b, activation):
    return np.asarray(activation(np.inner(x, w) + b))
