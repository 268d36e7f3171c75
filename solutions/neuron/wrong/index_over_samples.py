# fails: test_batch, test_several_sample_axes, test_neuron_of_a_batch, test_neuron_of_many_axes
# cause: one_sample_only
import numpy as np


def preactivation(x, w, b):
    total = 0
    for i in range(len(x)):
        total += x[i] * w[i]
    return total + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
