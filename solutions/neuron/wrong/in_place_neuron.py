# fails: test_neuron_unchanged
# cause: mutated_argument
import numpy as np


def preactivation(x, w, b):
    return np.asarray(x, dtype=float) @ np.asarray(w, dtype=float) + b


def neuron(x, w, b, activation):
    x = np.asarray(x)
    y = activation(preactivation(x, w, b))
    x.fill(0)
    return y
