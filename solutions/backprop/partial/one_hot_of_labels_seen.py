# may lose: absent_classes, lists
# textbook
import numpy as np


def mlp_forward(x, params):
    h = np.maximum(np.dot(x, params["W1"]) + params["b1"], 0)
    return np.dot(h, params["W2"]) + params["b2"]


def mlp_loss_and_grads(params, x, t):
    n = len(x)
    u = np.dot(x, params["W1"]) + params["b1"]
    h = np.maximum(u, 0)
    z = np.dot(h, params["W2"]) + params["b2"]
    s = z - z.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    p = np.exp(log_p)
    onehot = np.eye(t.max() + 1)[t]
    loss = -np.sum(onehot * log_p) / n
    d2 = (p - onehot) / n
    d1 = np.dot(d2, params["W2"].T)
    d1[u <= 0] = 0
    grads = {"W2": h.T.dot(d2), "b2": d2.sum(axis=0), "W1": x.T.dot(d1), "b1": d1.sum(axis=0)}
    return loss, grads
