# fails: test_xnor_table, test_xnor_is_a_relu_network, test_xnor_is_exact, test_xnor_of_arrays, test_xnor_one_by_one
# cause: logical_operator
import numpy as np


def xnor_net(x1, x2):
    return 1 - (np.asarray(x1) ^ np.asarray(x2))


def xor_net(x1, x2):
    return np.asarray(x1) ^ np.asarray(x2)
