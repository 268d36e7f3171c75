# fails: test_xnor_is_a_relu_network, test_xor_is_a_relu_network
# cause: jump
import numpy as np


def xnor_net(x1, x2):
    return (np.asarray(x1) == np.asarray(x2)) * 1.0


def xor_net(x1, x2):
    return (np.asarray(x1) != np.asarray(x2)) * 1.0
