import numpy as np


def _logits(x, params):
    h = np.maximum(np.dot(x, params["W1"]) + params["b1"], 0)
    return h, np.dot(h, params["W2"]) + params["b2"]


def mlp_forward(x, params):
    return _logits(x, params)[1]


def mlp_loss_and_grads(params, x, t):
    x = np.asarray(x)
    n = len(x)
    h, z = _logits(x, params)
    s = z - z.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    d2 = np.exp(log_p)
    d2[np.arange(n), t] -= 1
    d2 /= n
    d1 = d2.dot(np.transpose(params["W2"])) * (h > 0)
    return -log_p[np.arange(n), t].mean(), {"W1": x.T.dot(d1), "W2": h.T.dot(d2)}
