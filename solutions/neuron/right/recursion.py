import numpy as np


def preactivation(x, w, b):
    if np.ndim(x) == 1:
        return sum((xi * wi for xi, wi in zip(x, w)), b)
    return [preactivation(row, w, b) for row in x]


def neuron(x, w, b, activation):
    if np.ndim(x) == 1:
        return activation(preactivation(x, w, b))
    return [neuron(row, w, b, activation) for row in x]
