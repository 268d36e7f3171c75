# fails: test_sum, test_vector, test_batch, test_several_sample_axes, test_all_digits
# cause: bias_twice
import numpy as np


def preactivation(x, w, b):
    s = b
    for i in range(np.shape(x)[-1]):
        s = s + np.asarray(x)[..., i] * w[i]
    return s + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
