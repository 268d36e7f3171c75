# fails: test_smooth_neuron, test_neuron_of_a_vector, test_neuron_of_a_batch, test_neuron_of_many_axes, test_neuron_of_lists
# cause: relu_and_activation
import numpy as np


def preactivation(x, w, b):
    return np.asarray(x, dtype=float) @ np.asarray(w, dtype=float) + b


def neuron(x, w, b, activation):
    return activation(np.maximum(preactivation(x, w, b), 0))
