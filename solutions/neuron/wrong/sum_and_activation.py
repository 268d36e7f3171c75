# fails: test_relu_neuron, test_smooth_neuron
# cause: both_returned
import numpy as np


def preactivation(x, w, b):
    return np.asarray(x, dtype=float) @ np.asarray(w, dtype=float) + b


def neuron(x, w, b, activation):
    u = preactivation(x, w, b)
    return u, activation(u)
