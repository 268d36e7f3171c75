# fails: test_one_sample, test_several_sample_axes
# cause: batch_only
import numpy as np


def preactivation(x, w, b):
    return np.array([sum(a * c for a, c in zip(row, w)) + b for row in x])


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
