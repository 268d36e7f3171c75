# fails: test_forward, test_order_of_params, test_precision
# cause: softmax_returned
import numpy as np


def mlp_forward(x, params):
    h = np.maximum(np.asarray(x) @ params["W1"] + params["b1"], 0)
    z = h @ params["W2"] + params["b2"]
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def mlp_loss_and_grads(params, x, t):
    x = np.asarray(x, dtype=float)
    t = np.asarray(t)
    W1, b1, W2, b2 = (np.asarray(params[k], dtype=float) for k in ("W1", "b1", "W2", "b2"))
    N = len(x)
    u = x @ W1 + b1
    h = np.maximum(u, 0)
    z = h @ W2 + b2
    s = z - z.max(axis=1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    loss = -logp[np.arange(N), t].mean()
    d2 = np.exp(logp)
    d2[np.arange(N), t] -= 1
    d2 /= N
    d1 = (d2 @ W2.T) * (u > 0)
    return loss, {"W1": x.T @ d1, "b1": d1.sum(axis=0), "W2": h.T @ d2, "b2": d2.sum(axis=0)}
