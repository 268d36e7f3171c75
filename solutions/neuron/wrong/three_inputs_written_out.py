# fails: test_sum, test_batch, test_several_sample_axes, test_integers, test_unchanged
# cause: two_inputs_only
import numpy as np


def preactivation(x, w, b):
    return x[0] * w[0] + x[1] * w[1] + x[2] * w[2] + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
