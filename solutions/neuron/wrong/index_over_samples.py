# fails: test_batch, test_given_function_is_used
# cause: one_sample_only
import numpy as np


def preactivation(x, w, b):
    total = 0
    for i in range(len(x)):
        total += x[i] * w[i]
    return total + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
