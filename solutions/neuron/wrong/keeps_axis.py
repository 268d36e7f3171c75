# fails: test_sum, test_vector, test_batch, test_several_sample_axes, test_all_digits
# cause: extra_axis
import numpy as np


def preactivation(x, w, b):
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    return np.sum(x * w, axis=-1, keepdims=True) + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
