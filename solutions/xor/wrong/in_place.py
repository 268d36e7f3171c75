# fails: test_xnor_leaves_its_arguments, test_xor_leaves_its_arguments
# cause: mutated_argument
import numpy as np


def xnor_net(x1, x2):
    x1 = np.asarray(x1)
    x1 += np.asarray(x2)
    return np.maximum(1 - x1 + 2 * np.maximum(x1 - 1, 0), 0)


def xor_net(x1, x2):
    x1 = np.asarray(x1)
    x1 += np.asarray(x2)
    return np.maximum(x1 - 2 * np.maximum(x1 - 1, 0), 0)
