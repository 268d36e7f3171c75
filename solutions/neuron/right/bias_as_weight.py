import numpy as np


def preactivation(x, w, b):
    x = np.asarray(x, dtype=float)
    x = np.concatenate([x, np.ones(x.shape[:-1] + (1,))], axis=-1)
    return x @ np.append(w, b)


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
