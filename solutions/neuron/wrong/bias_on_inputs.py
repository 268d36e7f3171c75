# fails: test_one_sample, test_bias_once
# cause: bias_on_inputs
import numpy as np


def preactivation(x, w, b):
    return np.dot(np.asarray(x) + b, w)


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
