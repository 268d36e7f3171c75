# fails: test_relu_neuron, test_neuron_of_a_vector, test_neuron_of_a_batch, test_neuron_of_many_axes, test_neuron_of_lists
# cause: activation_given_everything
import numpy as np


def preactivation(x, w, b):
    return np.dot(x, w) + b


def neuron(x, w, b, activation):
    return activation(x, w, b)
