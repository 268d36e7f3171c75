# fails: test_one_sample, test_batch, test_bias_once, test_relu_neuron
# cause: bias_subtracted
import numpy as np


def preactivation(x, w, b):
    return np.dot(x, w) - b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
