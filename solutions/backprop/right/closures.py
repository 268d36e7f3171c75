import numpy as np


def affine(W, b):
    W, b = np.asarray(W, float), np.asarray(b, float)

    def fwd(x):
        def bwd(d):
            return d @ W.T, x.T @ d, d.sum(axis=0)

        return x @ W + b, bwd

    return fwd


def mlp_forward(x, params):
    u, _ = affine(params["W1"], params["b1"])(np.asarray(x, float))
    return affine(params["W2"], params["b2"])(np.maximum(u, 0))[0]


def mlp_loss_and_grads(params, x, t):
    u, back1 = affine(params["W1"], params["b1"])(np.asarray(x, float))
    z, back2 = affine(params["W2"], params["b2"])(np.maximum(u, 0))
    idx = np.arange(len(z)), np.asarray(t)
    lse = np.log(np.exp(z - z.max(1, keepdims=True)).sum(1)) + z.max(1)
    dz = np.exp(z - lse[:, None])
    dz[idx] -= 1.0
    dh, dW2, db2 = back2(dz / len(z))
    dh = np.where(u > 0, dh, 0.0)
    _, dW1, db1 = back1(dh)
    return (lse - z[idx]).mean(), {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
