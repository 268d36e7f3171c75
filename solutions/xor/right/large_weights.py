import numpy as np


def xnor_net(x1, x2):
    x1, x2 = np.asarray(x1, dtype=float), np.asarray(x2, dtype=float)
    n1 = np.maximum(1000 * x1 + 1000 * x2, 0)
    n2 = np.maximum(250 * x1 + 250 * x2 - 250, 0)
    return np.maximum(-n1 / 1000 + n2 / 125 + 1, 0)


def xor_net(x1, x2):
    x1, x2 = np.asarray(x1, dtype=float), np.asarray(x2, dtype=float)
    n1 = np.maximum(200 * x1 + 200 * x2 - 100, 0)
    n2 = np.maximum(200 * x1 + 200 * x2 - 300, 0)
    return np.maximum(n1 / 100 - n2 * 0.03, 0)
