# fails: test_xor_is_exact, test_xor_is_a_relu_network
# cause: only_close
import numpy as np


def s(u):
    return 1 / (1 + np.exp(-u))


def xnor_net(x1, x2):
    x1, x2 = np.asarray(x1, dtype=float), np.asarray(x2, dtype=float)
    n1 = np.maximum(x1 + x2, 0)
    n2 = np.maximum(x1 + x2 - 1, 0)
    return np.maximum(-n1 + 2 * n2 + 1, 0)


def xor_net(x1, x2):
    x1, x2 = np.asarray(x1, dtype=float), np.asarray(x2, dtype=float)
    n1, n2 = s(20 * x1 + 20 * x2 - 10), s(20 * x1 + 20 * x2 - 30)
    return s(20 * n1 - 20 * n2 - 10)
