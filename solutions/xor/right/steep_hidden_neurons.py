import numpy as np


def xnor_net(x1, x2):
    x1, x2 = np.asarray(x1, dtype=float), np.asarray(x2, dtype=float)
    o = np.maximum(10 * (x1 + x2) - 4, 0) - np.maximum(10 * (x1 + x2) - 5, 0)
    a = np.maximum(10 * (x1 + x2) - 14, 0) - np.maximum(10 * (x1 + x2) - 15, 0)
    return np.maximum(1 - o + a, 0)


def xor_net(x1, x2):
    x1, x2 = np.asarray(x1, dtype=float), np.asarray(x2, dtype=float)
    o = np.maximum(10 * (x1 + x2) - 4, 0) - np.maximum(10 * (x1 + x2) - 5, 0)
    a = np.maximum(10 * (x1 + x2) - 14, 0) - np.maximum(10 * (x1 + x2) - 15, 0)
    return np.maximum(o - a, 0)
