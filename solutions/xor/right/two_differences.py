import numpy as np


def xnor_net(x1, x2):
    x1, x2 = np.asarray(x1, dtype=float), np.asarray(x2, dtype=float)
    return np.maximum(1 - np.maximum(x1 - x2, 0) - np.maximum(x2 - x1, 0), 0)


def xor_net(x1, x2):
    x1, x2 = np.asarray(x1, dtype=float), np.asarray(x2, dtype=float)
    return np.maximum(x1 - x2, 0) + np.maximum(x2 - x1, 0)
