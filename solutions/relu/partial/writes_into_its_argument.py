# function: relu
# may lose: relu_unchanged, relu_kinds
# textbook
# better than: vector_in_a_loop
import numpy as np


def relu(x):
    x = np.asarray(x)
    x[x < 0] = 0
    return x


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1, 0)
