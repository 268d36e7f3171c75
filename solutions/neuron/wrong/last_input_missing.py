# fails: test_sum, test_vector, test_batch, test_several_sample_axes, test_all_digits
# cause: last_input_missing
import numpy as np


def preactivation(x, w, b):
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    s = b
    for i in range(len(w) - 1):
        s = s + x[..., i] * w[i]
    return s


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
