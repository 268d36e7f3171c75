# function: cross_entropy
# may lose: ce_one_hot, ce_soft, ce_vector, ce_vector_forms, ce_kinds, ce_guard, ce_eps
# better than: vector_only
import numpy as np


def cross_entropy(p, t, eps=1e-12):
    return -np.mean(np.log(p[np.arange(p.shape[0]), t]))


def softmax_cross_entropy(z, t):
    z, t = np.asarray(z, dtype=float), np.asarray(t)
    if z.ndim == 1:
        z, t = z[None], t[None]
    s = z - z.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    if t.ndim == 2:
        return -np.sum(t * log_p) / len(z)
    return -np.mean(log_p[np.arange(len(z)), t])
