# fails: test_negative_and_large_sums
# cause: activation_in_sum
import numpy as np


def preactivation(x, w, b):
    return np.maximum(np.dot(x, w) + b, 0)


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
