# may lose: slope_at_zero, precision
import numpy as np


def mlp_forward(x, params):
    h = np.maximum(np.dot(x, params["W1"]) + params["b1"], 0)
    return np.dot(h, params["W2"]) + params["b2"]


def _loss(x, params, t):
    z = mlp_forward(x, params)
    s = z - z.max(axis=1, keepdims=True)
    return -np.mean((s - np.log(np.exp(s).sum(axis=1, keepdims=True)))[np.arange(len(z)), t])


def mlp_loss_and_grads(params, x, t):
    params = {name: np.array(value, dtype=float) for name, value in params.items()}
    loss, grads = _loss(x, params, t), {}
    for name, value in params.items():
        grads[name] = np.zeros(value.shape)
        for i in np.ndindex(value.shape):
            old = value[i]
            value[i] = old + 1e-4
            grads[name][i] = (_loss(x, params, t) - loss) / 1e-4
            value[i] = old
    return loss, grads
