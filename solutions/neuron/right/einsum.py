import numpy as np


def preactivation(x, w, b):
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    return np.einsum("...d,d->...", x, w) + b


def neuron(x, w, b, activation):
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    return activation(np.einsum("...d,d", x, w) + b)
