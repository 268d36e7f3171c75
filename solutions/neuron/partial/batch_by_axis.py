# may lose: sum_vector, sum_axes, sum_kinds, neuron_vector, neuron_axes, neuron_kinds
# textbook
# better than: bias_missing, activation_ignored
import numpy as np


def preactivation(x, w, b):
    return np.sum(x * w, axis=1) + b


def neuron(x, w, b, activation):
    return activation(np.sum(x * w, axis=1) + b)
