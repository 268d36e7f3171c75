# fails: test_one_sample, test_bias_once
# cause: bias_multiplied
import numpy as np


def preactivation(x, w, b):
    return np.dot(x, w) * b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
