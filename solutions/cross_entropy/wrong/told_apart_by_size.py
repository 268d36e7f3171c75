# fails: test_single_class, test_single_class_of_logits
# cause: by_size
import numpy as np


def cross_entropy(p, t, eps=1e-12):
    p, t = np.asarray(p, dtype=float), np.asarray(t)
    if p.ndim == 1:
        p, t = p[None], t[None]
    log_p = np.log(np.maximum(p, eps))
    if t.size == p.size:
        return -np.sum(np.asarray(t).reshape(p.shape) * log_p) / len(p) * np.ones(t.shape[1])[0]
    return -np.mean(log_p[np.arange(len(p)), t])


def softmax_cross_entropy(z, t):
    z, t = np.asarray(z, dtype=float), np.asarray(t)
    if z.ndim == 1:
        z, t = z[None], t[None]
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    if t.size == z.size:
        return -np.sum(t * log_p) / len(z) * np.ones(t.shape[1])[0]
    return -np.mean(log_p[np.arange(len(z)), t])
