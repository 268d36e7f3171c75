# fails: test_xor_table, test_xor_is_a_relu_network, test_xor_is_exact, test_xor_of_arrays, test_xor_one_by_one
# cause: one_input_only
import numpy as np


def xnor_net(x1, x2):
    x1, x2 = np.asarray(x1, dtype=float), np.asarray(x2, dtype=float)
    n1 = np.maximum(x1 + x2, 0)
    n2 = np.maximum(x1 + x2 - 1, 0)
    return np.maximum(-n1 + 2 * n2 + 1, 0)


def xor_net(x1, x2):
    x1, x2 = np.asarray(x1, dtype=float), np.asarray(x2, dtype=float)
    return np.maximum(x1, 0)
