# fails: test_sum, test_vector, test_batch, test_several_sample_axes, test_all_digits
# cause: weights_ignored
import numpy as np


def preactivation(x, w, b):
    return np.sum(np.asarray(x, dtype=float), axis=-1) + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
