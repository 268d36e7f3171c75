# fails: test_xnor_is_a_relu_network, test_xor_is_a_relu_network
# cause: curved
import numpy as np


def xnor_net(x1, x2):
    x1, x2 = np.asarray(x1, dtype=float), np.asarray(x2, dtype=float)
    return 1 - x1 - x2 + 2 * x1 * x2


def xor_net(x1, x2):
    x1, x2 = np.asarray(x1, dtype=float), np.asarray(x2, dtype=float)
    return x1 + x2 - 2 * x1 * x2
