# fails: test_xnor_of_arrays, test_xnor_of_lists, test_xnor_of_other_shapes, test_xor_of_arrays, test_xor_of_lists
# cause: if_on_array
import numpy as np


def relu(u):
    return max(0, u)


def xnor_net(x1, x2):
    n1 = relu(x1 + x2)
    n2 = relu(x1 + x2 - 1)
    return relu(-n1 + 2 * n2 + 1)


def xor_net(x1, x2):
    n1 = relu(x1 + x2)
    n2 = relu(x1 + x2 - 1)
    return relu(n1 - 2 * n2)
