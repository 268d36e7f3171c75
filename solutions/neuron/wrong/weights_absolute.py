# fails: test_sum, test_vector, test_batch, test_several_sample_axes, test_all_digits
# cause: sign_of_weights_lost
import numpy as np


def preactivation(x, w, b):
    return np.dot(x, np.abs(w)) + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
