import numpy as np


def relu(x):
    x = np.asarray(x)
    out = np.empty(x.shape)
    for i in np.ndindex(x.shape):
        out[i] = max(x[i], 0)
    return out


def relu_grad(x):
    x = np.asarray(x)
    out = np.empty(x.shape, dtype=bool)
    for i in np.ndindex(x.shape):
        out[i] = x[i] > 0
    return out
