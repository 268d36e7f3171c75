# fails: test_smooth_neuron, test_given_function_is_used
# cause: activation_fixed
import numpy as np


def preactivation(x, w, b):
    return np.asarray(x, dtype=float) @ np.asarray(w, dtype=float) + b


def neuron(x, w, b, activation):
    return np.maximum(preactivation(x, w, b), 0)
