# fails: test_one_sample, test_negative_and_large_sums
# cause: activation_in_sum
import numpy as np


def preactivation(x, w, b):
    return 1 / (1 + np.exp(-(np.dot(x, w) + b)))


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
