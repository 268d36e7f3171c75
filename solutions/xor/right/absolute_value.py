import numpy as np


def xor_net(x1, x2):
    return np.abs(np.asarray(x1, dtype=float) - np.asarray(x2, dtype=float))


def xnor_net(x1, x2):
    return np.maximum(0, 1 - np.abs(np.asarray(x1, dtype=float) - np.asarray(x2, dtype=float)))
