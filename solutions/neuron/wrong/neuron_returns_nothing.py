# fails: test_relu_neuron
# cause: returned_none
import numpy as np


def preactivation(x, w, b):
    return np.asarray(x, dtype=float) @ np.asarray(w, dtype=float) + b


def neuron(x, w, b, activation):
    y = activation(preactivation(x, w, b))
    print(y)
