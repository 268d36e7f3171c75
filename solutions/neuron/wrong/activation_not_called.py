# fails: test_relu_neuron, test_smooth_neuron
# cause: wrong_type
import numpy as np


def preactivation(x, w, b):
    return np.asarray(x, dtype=float) @ np.asarray(w, dtype=float) + b


def neuron(x, w, b, activation):
    return activation
