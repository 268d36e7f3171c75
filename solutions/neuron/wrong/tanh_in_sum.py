# fails: test_one_sample
# cause: activation_in_sum
import numpy as np


def preactivation(x, w, b):
    return np.tanh(np.dot(x, w) + b)


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
