# fails: test_xor_has_no_jump, test_xnor_has_no_jump
# cause: jump
import numpy as np


def xnor_net(x1, x2):
    return (np.asarray(x1) == np.asarray(x2)) * 1.0


def xor_net(x1, x2):
    return (np.asarray(x1) != np.asarray(x2)) * 1.0
