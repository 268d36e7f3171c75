# fails: test_vector, test_several_sample_axes, test_neuron_of_a_vector, test_neuron_of_many_axes
# cause: axis_one
import numpy as np


def preactivation(x, w, b):
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    return np.sum(x * w, axis=1) + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
