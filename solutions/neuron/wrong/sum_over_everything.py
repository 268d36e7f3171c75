# fails: test_batch, test_several_sample_axes, test_neuron_of_a_batch, test_neuron_of_many_axes
# cause: summed_over_samples
import numpy as np


def preactivation(x, w, b):
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    return np.sum(x * w) + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
