# function: cross_entropy
# may lose: ce_labels, ce_vector_forms, ce_told_apart, ce_eps, ce_kinds, ce_digits
# textbook
# better than: vector_only, wrong/log2
import numpy as np


def cross_entropy(p, t, eps=1e-12):
    if p.ndim == 1:
        p, t = p.reshape(1, p.size), t.reshape(1, t.size)
    return -np.sum(t * np.log(p + 1e-7)) / p.shape[0]


def softmax_cross_entropy(z, t):
    z, t = np.asarray(z, dtype=float), np.asarray(t)
    if z.ndim == 1:
        z, t = z[None], t[None]
    s = z - z.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    if t.ndim == 2:
        return -np.sum(t * log_p) / len(z)
    return -np.mean(log_p[np.arange(len(z)), t])
