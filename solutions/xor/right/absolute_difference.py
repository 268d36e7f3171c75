import numpy as np


def xnor_net(x1, x2):
    return 1 - np.abs(np.subtract(x1, x2))


def xor_net(x1, x2):
    return np.abs(np.subtract(x1, x2))
