# fails: test_unchanged, test_neuron_unchanged
# cause: mutated_argument
import numpy as np


def preactivation(x, w, b):
    x = np.asarray(x)
    if x.dtype.kind != 'f':
        x = x.astype(float)
    x *= w
    return x.sum(axis=-1) + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
