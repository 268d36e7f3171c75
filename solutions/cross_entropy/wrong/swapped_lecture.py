# fails: test_one_loss, test_mean, test_labels, test_one_hot, test_soft_targets
# cause: arguments_swapped
import numpy as np


def cross_entropy(d, y, eps=1e-12):
    d, y = np.asarray(d), np.asarray(y, dtype=float)
    if y.ndim == 1:
        d, y = d.reshape(1, d.size), y.reshape(1, y.size)
    if d.size == y.size:
        d = d.argmax(axis=1)
    n = y.shape[0]
    return -np.sum(np.log(y[np.arange(n), d] + 1e-7)) / n


def softmax_cross_entropy(z, t):
    z, t = np.asarray(z, dtype=float), np.asarray(t)
    if z.ndim == 1:
        z, t = z[None], t[None]
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    if t.ndim == 2:
        return -np.sum(t * log_p) / len(z)
    return -np.mean(log_p[np.arange(len(z)), t])
