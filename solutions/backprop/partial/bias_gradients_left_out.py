# may lose: output_bias, hidden_bias
# better than: output_layer_only
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
    s = z - z.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    p = np.exp(log_p)
    loss = -np.mean(log_p[np.arange(n), t])
    d2 = p.copy()
    d2[np.arange(n), t] -= 1
    d2 /= n
    d1 = np.dot(d2, params["W2"].T)
    d1[u <= 0] = 0
    grads = {"W2": h.T.dot(d2), "W1": x.T.dot(d1)}
    return loss, grads
