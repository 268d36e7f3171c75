import numpy as np


def relu(x):
    y = np.array(x, dtype=np.float64)
    y[y < 0] = 0
    return y


def relu_grad(x):
    y = np.zeros(np.shape(x))
    y[np.asarray(x) > 0] = 1
    return y
