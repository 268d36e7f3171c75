# fails: test_relu_neuron, test_neuron_of_a_vector, test_neuron_of_a_batch, test_neuron_of_many_axes, test_neuron_of_lists
# cause: activation_on_inputs
import numpy as np


def preactivation(x, w, b):
    return np.asarray(x, dtype=float) @ np.asarray(w, dtype=float) + b


def neuron(x, w, b, activation):
    return preactivation(activation(np.asarray(x, dtype=float)), w, b)
