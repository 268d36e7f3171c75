import numpy as np


def relu(x):
    x = np.asarray(x, dtype=float)
    return 0.5 * (x + np.abs(x))


def relu_grad(x):
    s = np.sign(np.asarray(x, dtype=float))
    return s * (s + 1) / 2
