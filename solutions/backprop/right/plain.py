import numpy as np


def mlp_forward(x, params):
    u = np.asarray(x) @ params["W1"] + params["b1"]
    h = np.maximum(u, 0)
    return h @ params["W2"] + params["b2"]


def mlp_loss_and_grads(params, x, t):
    x, t = np.asarray(x), np.asarray(t)
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    n = len(x)
    u = x @ W1 + b1
    h = np.maximum(u, 0)
    z = h @ W2 + b2
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(n), t].mean()
    p = np.exp(log_p)
    dz = p.copy()
    dz[np.arange(n), t] -= 1
    dz = dz / n
    dW2 = h.T @ dz
    db2 = dz.sum(axis=0)
    dh = dz @ W2.T
    du = dh * (u > 0)
    dW1 = x.T @ du
    db1 = du.sum(axis=0)
    return loss, {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
