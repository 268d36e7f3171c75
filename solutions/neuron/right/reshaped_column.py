import numpy as np


def preactivation(x, w, b):
    x = np.asarray(x)
    rows = x.reshape(-1, x.shape[-1])
    u = rows @ np.reshape(w, (-1, 1)) + b
    return u.reshape(x.shape[:-1])


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
