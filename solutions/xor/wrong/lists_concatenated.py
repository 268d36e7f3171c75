# fails: test_xnor_of_lists, test_xor_of_lists
# cause: lists_concatenated
import numpy as np


def xnor_net(x1, x2):
    n1 = np.maximum(np.add(x1, x2), 0)
    n2 = np.maximum(np.array(x1 + x2) - 1, 0)
    return np.maximum(-n1 + 2 * n2 + 1, 0)


def xor_net(x1, x2):
    s = np.asarray(x1 + x2)
    return np.maximum(np.maximum(s, 0) - 2 * np.maximum(s - 1, 0), 0)
