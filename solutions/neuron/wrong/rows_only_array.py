# fails: test_vector, test_several_sample_axes, test_neuron_of_a_vector, test_neuron_of_many_axes
# cause: batch_only
import numpy as np


def preactivation(x, w, b):
    return np.array([sum(a * c for a, c in zip(row, w)) + b for row in x])


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
