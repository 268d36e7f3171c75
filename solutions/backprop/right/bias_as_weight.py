import numpy as np


def _aug(a):
    return np.hstack([a, np.ones((len(a), 1))])


def mlp_forward(x, params):
    A = np.vstack([params["W1"], params["b1"]])
    B = np.vstack([params["W2"], params["b2"]])
    return _aug(np.clip(_aug(np.asarray(x, float)) @ A, 0, None)) @ B


def mlp_loss_and_grads(params, x, t):
    A = np.vstack([params["W1"], params["b1"]])
    B = np.vstack([params["W2"], params["b2"]])
    xa = _aug(np.asarray(x, float))
    h = np.clip(xa @ A, 0, None)
    ha = _aug(h)
    z = ha @ B
    z = z - z.max(1)[:, None]
    lp = z - np.log(np.exp(z).sum(1))[:, None]
    n = len(z)
    d = np.exp(lp)
    d[np.arange(n), t] -= 1
    d = d / n
    gB = ha.T @ d
    gA = xa.T @ ((d @ B[:-1].T) * np.sign(h))
    return -lp[np.arange(n), t].mean(), {"W1": gA[:-1], "b1": gA[-1], "W2": gB[:-1], "b2": gB[-1]}
