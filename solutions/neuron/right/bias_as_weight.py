import numpy as np


def preactivation(x, w, b):
    x = np.asarray(x)
    ones = np.ones(x.shape[:-1] + (1,))
    return np.concatenate([x, ones], axis=-1) @ np.append(w, b)


def neuron(x, w, b, activation):
    return np.asarray(activation(preactivation(x, w, b)))
