# fails: test_sum, test_vector, test_batch, test_several_sample_axes, test_all_digits
# cause: activation_in_sum
import numpy as np


def preactivation(x, w, b):
    return np.maximum(np.dot(x, w) + b, 0)


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
