import numpy as np


def preactivation(x, w, b):
    x = np.asarray(x)
    out = np.empty(x.shape[:-1])
    for i in np.ndindex(out.shape):
        out[i] = b + sum(float(x[i][j]) * w[j] for j in range(len(w)))
    return out


def neuron(x, w, b, activation):
    u = preactivation(x, w, b)
    y = np.empty(u.shape)
    for i in np.ndindex(u.shape):
        y[i] = activation(float(u[i]))
    return y
