# fails: test_slope_at_zero, test_precision
# cause: forward_difference
import numpy as np


def mlp_forward(x, params):
    x = np.asarray(x)
    h = np.maximum(x @ params["W1"] + params["b1"], 0)
    return h @ params["W2"] + params["b2"]


def _loss(params, x, t):
    z = mlp_forward(x, params)
    s = z - z.max(axis=1, keepdims=True)
    return -np.mean((s - np.log(np.exp(s).sum(axis=1, keepdims=True)))[np.arange(len(z)), t])


def mlp_loss_and_grads(params, x, t):
    P = {k: np.array(v, dtype=float) for k, v in params.items()}
    base = _loss(P, x, t)
    G = {}
    for k in P:
        G[k] = np.zeros(P[k].shape)
        for i in np.ndindex(P[k].shape):
            old = P[k][i]
            P[k][i] = old + 1e-4
            G[k][i] = (_loss(P, x, t) - base) / 1e-4
            P[k][i] = old
    return base, G
