# fails: test_batch, test_several_sample_axes
# cause: rounded
import numpy as np


def preactivation(x, w, b):
    return np.round(np.dot(x, w) + b, 2)


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
