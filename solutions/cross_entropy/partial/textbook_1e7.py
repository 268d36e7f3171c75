# function: cross_entropy
# may lose: ce_soft, ce_vector_forms, ce_told_apart, ce_eps, ce_kinds
# textbook
# better than: one_hot_1e7_added, labels_only_unguarded
import numpy as np


def cross_entropy(p, t, eps=1e-12):
    if p.ndim == 1:
        t = t.reshape(1, t.size)
        p = p.reshape(1, p.size)
    if t.size == p.size:
        t = t.argmax(axis=1)
    n = p.shape[0]
    return -np.sum(np.log(p[np.arange(n), t] + 1e-7)) / n


def softmax_cross_entropy(z, t):
    z, t = np.asarray(z, dtype=float), np.asarray(t)
    if z.ndim == 1:
        z, t = z[None], t[None]
    s = z - z.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    if t.ndim == 2:
        return -np.sum(t * log_p) / len(z)
    return -np.mean(log_p[np.arange(len(z)), t])
