# fails: test_batch, test_several_sample_axes, test_neuron_of_a_batch, test_neuron_of_many_axes
# cause: first_sample_only
import numpy as np


def preactivation(x, w, b):
    x = np.atleast_2d(x)
    return np.dot(x[0], w) + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
