# may lose: xnor_neurons, xnor_arrays, xnor_shapes, xnor_kinds, xor_neurons, xor_arrays, xor_shapes, xor_kinds
import numpy as np


def gate(x1, x2, w, b):
    return int(np.sum(np.array([w, w]) * np.array([x1, x2])) + b > 0)


def xor_net(x1, x2):
    return gate(gate(x1, x2, -0.5, 0.7), gate(x1, x2, 0.5, -0.2), 0.5, -0.7)


def xnor_net(x1, x2):
    return 1 - xor_net(x1, x2)
