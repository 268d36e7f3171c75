# function: cross_entropy
# may lose: ce_one_hot, ce_soft, ce_vector_forms, ce_kinds
# textbook
# better than: labels_only_unguarded, vector_only
import numpy as np


def cross_entropy(p, t, eps=1e-12):
    p = np.asarray(p)
    if p.ndim == 1:
        return -np.log(max(p[t], eps))
    return -np.mean(np.log(np.maximum(p[np.arange(len(p)), t], eps)))


def softmax_cross_entropy(z, t):
    z, t = np.asarray(z, dtype=float), np.asarray(t)
    if z.ndim == 1:
        z, t = z[None], t[None]
    s = z - z.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    if t.ndim == 2:
        return -np.sum(t * log_p) / len(z)
    return -np.mean(log_p[np.arange(len(z)), t])
