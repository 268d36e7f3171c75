# fails: test_one_sample, test_batch, test_bias_once
# cause: bias_missing
import numpy as np


def preactivation(x, w, b):
    return np.dot(x, w)


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
