# fails: test_xnor_one_by_one, test_xnor_of_other_shapes, test_xor_one_by_one, test_xor_of_other_shapes
# cause: one_axis_only
import numpy as np


def xnor_net(x1, x2):
    return np.array([max(0, 1 - max(0, a + b) + 2 * max(0, a + b - 1)) for a, b in zip(x1, x2)])


def xor_net(x1, x2):
    return np.array([max(0, a - b) + max(0, b - a) for a, b in zip(x1, x2)])
