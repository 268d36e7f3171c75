# fails: test_xor_of_arrays
# cause: logical_operator
import numpy as np


def xnor_net(x1, x2):
    return 1 - (np.asarray(x1) ^ np.asarray(x2))


def xor_net(x1, x2):
    return np.asarray(x1) ^ np.asarray(x2)
