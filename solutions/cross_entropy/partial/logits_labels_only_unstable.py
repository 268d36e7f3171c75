# function: softmax_cross_entropy
# may lose: logits_one_hot, logits_soft, logits_vector, logits_vector_forms, logits_told_apart, logits_kinds, logits_stable, logits_scale, logits_huge
# better than: wrong/logits_sigmoid
import numpy as np


def cross_entropy(p, t, eps=1e-12):
    p, t = np.asarray(p, dtype=float), np.asarray(t)
    if p.ndim == 1:
        p, t = p[None], t[None]
    log_p = np.log(np.maximum(p, eps))
    if t.ndim == 2:
        return -np.sum(t * log_p) / len(p)
    return -np.mean(log_p[np.arange(len(p)), t])


def softmax_cross_entropy(z, t):
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(z)), t]).mean()
