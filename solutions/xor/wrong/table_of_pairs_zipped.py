# fails: test_xor_is_a_relu_network
# cause: lookup_table
import numpy as np


def relu(u):
    u = np.asarray(u)
    return u * (u > 0)


def xnor_net(x1, x2):
    s = np.asarray(x1, dtype=float) + np.asarray(x2, dtype=float)
    return relu(-relu(s) + 2 * relu(s - 1) + 1)


TABLE = {(0, 0): 0, (0, 1): 1, (1, 0): 1, (1, 1): 0}


def xor_net(x1, x2):
    x1, x2 = np.asarray(x1), np.asarray(x2)
    return np.array([TABLE[(a, b)] for a, b in zip(x1.ravel(), x2.ravel())]).reshape(x1.shape)
