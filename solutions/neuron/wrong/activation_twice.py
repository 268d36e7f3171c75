# fails: test_applied_once, test_one_input_applied_once
# cause: activation_twice
import numpy as np


def preactivation(x, w, b):
    return np.asarray(x, dtype=float) @ np.asarray(w, dtype=float) + b


def neuron(x, w, b, activation):
    return activation(activation(preactivation(x, w, b)))
