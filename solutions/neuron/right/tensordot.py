import numpy as np


def preactivation(x, w, b):
    return np.tensordot(x, w, axes=(-1, 0)) + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
