import numpy as np


def relu(x):
    return np.max(0, x)


def relu_grad(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
