import numpy as np


def xnor_net(x1, x2):
    x1, x2 = np.asarray(x1, dtype=float), np.asarray(x2, dtype=float)
    n1 = np.maximum(x1 + x2, 0)
    n2 = np.maximum(x1 + x2 - 1, 0)
    return np.maximum(-n1 + 2 * n2 + 1, 0)


def xor_net(x1, x2):
    x1, x2 = np.asarray(x1, dtype=float), np.asarray(x2, dtype=float)
    n1 = np.maximum(x1 + x2, 0)
    n2 = np.maximum(x1 + x2 - 1, 0)
    return np.maximum(n1 - 2 * n2, 0)
