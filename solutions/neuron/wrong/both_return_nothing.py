# fails: test_one_sample
# cause: nothing_returned
import numpy as np


def preactivation(x, w, b):
    print(np.dot(x, w) + b)


def neuron(x, w, b, activation):
    print(activation(np.dot(x, w) + b))
