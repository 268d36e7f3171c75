import numpy as np


def preactivation(x, w, b):
    x = np.asarray(x)
    s = np.full(x.shape[:-1], float(b))
    for i, weight in enumerate(w):
        s = s + weight * x[..., i]
    return s


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
