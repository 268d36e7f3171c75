# fails: test_mean, test_labels, test_one_hot, test_soft_targets, test_vector_with_one_hot
# cause: sum_not_mean
import numpy as np


def cross_entropy(p, t, eps=1e-12):
    p = np.atleast_2d(np.asarray(p, float))
    t = np.asarray(t)
    if t.size != p.size or t.ndim == p.ndim - 1 and p.shape[1] > 1:
        t = np.eye(p.shape[1])[t.reshape(-1)]
    t = t.reshape(p.shape)
    return -np.sum(t * np.log(np.maximum(p, eps)))


def softmax_cross_entropy(z, t):
    z = np.asarray(z, dtype=float)
    t = np.asarray(t)
    if z.ndim == 1:
        z = z[None]
        t = t[None]
    s = z - z.max(axis=1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    if t.ndim == z.ndim:
        return -np.mean(np.sum(t * logp, axis=1))
    return -np.mean(logp[np.arange(len(z)), t])
