# fails: test_one_sample, test_batch
# cause: truncated
import numpy as np


def preactivation(x, w, b):
    return int(np.dot(x, w) + b)


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
