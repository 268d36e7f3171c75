# fails: test_sum, test_vector, test_batch, test_several_sample_axes, test_all_digits
# cause: rounded
import numpy as np


def preactivation(x, w, b):
    return np.round(np.dot(x, w) + b)


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
