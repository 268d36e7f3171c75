# fails: test_one_loss, test_mean, test_labels, test_one_hot, test_soft_targets
# cause: squared_error
import numpy as np


def cross_entropy(p, t, eps=1e-12):
    p, t = np.asarray(p, dtype=float), np.asarray(t)
    if p.ndim == 1:
        p, t = p[None], t[None]
    if t.ndim == 1:
        t = np.eye(p.shape[1])[t]
    return np.sum((p - t) ** 2) / len(p)


def softmax_cross_entropy(z, t):
    z, t = np.asarray(z, dtype=float), np.asarray(t)
    if z.ndim == 1:
        z, t = z[None], t[None]
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    if t.ndim == 2:
        return -np.sum(t * log_p) / len(z)
    return -np.mean(log_p[np.arange(len(z)), t])
