# fails: test_xnor_table, test_xnor_is_a_relu_network, test_xnor_is_exact, test_xnor_of_arrays, test_xnor_one_by_one
# cause: lookup_table
import numpy as np


def xnor_net(x1, x2):
    return np.array([[1, 0], [0, 1]])[x1, x2]


def xor_net(x1, x2):
    return np.array([[0, 1], [1, 0]])[x1, x2]
