# fails: test_relu_neuron, test_smooth_neuron
# cause: activation_ignored
import numpy as np


def preactivation(x, w, b):
    return np.asarray(x, dtype=float) @ np.asarray(w, dtype=float) + b


def neuron(x, w, b, activation):
    return preactivation(x, w, b)
