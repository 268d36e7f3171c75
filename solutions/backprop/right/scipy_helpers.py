import numpy as np
from scipy.special import log_softmax, softmax


def mlp_forward(x, params):
    return np.maximum(0, np.matmul(x, params["W1"]) + params["b1"]) @ params["W2"] + params["b2"]


def mlp_loss_and_grads(params, x, t):
    x, t = np.array(x), np.array(t)
    h = np.maximum(0, np.matmul(x, params["W1"]) + params["b1"])
    z = mlp_forward(x, params)
    n = z.shape[0]
    loss = np.array(-sum(log_softmax(z, axis=1)[i, c] for i, c in enumerate(t)) / n)
    dz = softmax(z, axis=1)
    np.subtract.at(dz, (range(n), t), 1)
    dz /= n
    du = dz @ params["W2"].T
    du[h <= 0] = 0
    return loss, {"W1": x.T @ du, "b1": du.sum(0), "W2": h.T @ dz, "b2": dz.sum(0)}
