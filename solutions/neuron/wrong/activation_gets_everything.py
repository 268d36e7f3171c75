# fails: test_relu_neuron
# cause: activation_given_everything
import numpy as np


def preactivation(x, w, b):
    return np.dot(x, w) + b


def neuron(x, w, b, activation):
    return activation(x, w, b)
