# fails: test_one_sample, test_sum_of_integers
# cause: inputs_truncated
import numpy as np


def preactivation(x, w, b):
    x = np.asarray(x)
    return x @ np.asarray(w).astype(x.dtype if x.dtype.kind == 'i' else int) + b


def neuron(x, w, b, activation):
    return activation(preactivation(x, w, b))
