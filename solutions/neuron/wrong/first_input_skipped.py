# fails: test_sum, test_vector, test_batch, test_several_sample_axes, test_all_digits
# cause: first_input_missing
import numpy as np


def preactivation(x, w, b):
    x = np.asarray(x)
    s = b
    for i in range(1, len(w)):
        s = s + x[..., i] * w[i]
    return s


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
