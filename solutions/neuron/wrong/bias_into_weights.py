# fails: test_one_sample, test_neuron_of_lists
# cause: bias_on_weights
import numpy as np


def preactivation(x, w, b):
    w = np.asarray(w)
    w += b
    return np.dot(x, w)


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
