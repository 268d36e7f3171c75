import numpy as np


def preactivation(x, w, b):
    return np.sum(np.multiply(x, w), axis=-1) + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
