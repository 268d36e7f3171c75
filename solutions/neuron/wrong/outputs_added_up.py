# fails: test_neuron_of_a_batch, test_neuron_of_many_axes
# cause: outputs_added_up
import numpy as np


def preactivation(x, w, b):
    return np.asarray(x, dtype=float) @ np.asarray(w, dtype=float) + b


def neuron(x, w, b, activation):
    return np.sum(activation(preactivation(x, w, b)))
