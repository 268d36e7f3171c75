# fails: test_sum, test_vector, test_batch, test_several_sample_axes, test_all_digits
# cause: nothing_returned
import numpy as np


def preactivation(x, w, b):
    print(np.dot(x, w) + b)


def neuron(x, w, b, activation):
    print(activation(np.dot(x, w) + b))
