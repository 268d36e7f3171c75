# may lose: xnor_arrays, xnor_shapes, xnor_kinds, xor_arrays, xor_shapes, xor_kinds
# textbook
# better than: if_one_pair, gates_one_pair
import numpy as np

W, C = np.array([[1, 1], [1, 1]]), np.array([0, -1])


def xnor_net(x1, x2):
    return max(np.array([-1, 2]) @ np.maximum(W @ np.array([x1, x2]) + C, 0) + 1, 0)


def xor_net(x1, x2):
    return max(np.array([1, -2]) @ np.maximum(W @ np.array([x1, x2]) + C, 0), 0)
