# fails: test_soft_targets, test_vector_with_soft, test_single_class
# cause: by_size_and_argmax
import numpy as np


def cross_entropy(p, t, eps=1e-12):
    p = np.asarray(p, dtype=float)
    t = np.asarray(t)
    if p.ndim == 1:
        t = t.reshape(1, t.size)
        p = p.reshape(1, p.size)
    if t.size == p.size:
        t = t.argmax(axis=1)
    n = p.shape[0]
    return -np.sum(np.log(np.maximum(p[np.arange(n), t], eps))) / n


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
