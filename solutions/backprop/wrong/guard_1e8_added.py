# fails: test_loss_of_clear_mistakes
# cause: guard_too_large
import numpy as np


def mlp_forward(x, params):
    h = np.maximum(np.dot(x, params["W1"]) + params["b1"], 0)
    return np.dot(h, params["W2"]) + params["b2"]


def mlp_loss_and_grads(params, x, t):
    x = np.asarray(x)
    n = len(x)
    u = np.dot(x, params["W1"]) + params["b1"]
    h = np.maximum(u, 0)
    z = np.dot(h, params["W2"]) + params["b2"]
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(p[np.arange(n), t] + 1e-8))
    d2 = p.copy()
    d2[np.arange(n), t] -= 1
    d2 /= n
    d1 = np.dot(d2, params["W2"].T)
    d1[u <= 0] = 0
    grads = {"W2": h.T.dot(d2), "b2": d2.sum(axis=0), "W1": x.T.dot(d1), "b1": d1.sum(axis=0)}
    return loss, grads
