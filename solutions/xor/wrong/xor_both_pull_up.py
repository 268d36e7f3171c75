# fails: test_xor_table, test_xor_is_a_relu_network, test_xor_is_exact, test_xor_of_arrays, test_xor_one_by_one
# cause: signs_reversed
import numpy as np


def relu(u):
    u = np.asarray(u)
    return u * (u > 0)


def xnor_net(x1, x2):
    s = np.asarray(x1, dtype=float) + np.asarray(x2, dtype=float)
    return relu(-relu(s) + 2 * relu(s - 1) + 1)


def xor_net(x1, x2):
    x1, x2 = np.asarray(x1), np.asarray(x2)
    n1 = relu(x1 + x2)
    n2 = relu(x1 + x2 - 1)
    return relu(n1 + 2 * n2)
