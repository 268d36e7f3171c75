# fails: test_batch, test_several_sample_axes, test_neuron_of_a_batch, test_neuron_of_many_axes
# cause: weights_first
import numpy as np


def preactivation(x, w, b):
    return np.dot(w, x) + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
