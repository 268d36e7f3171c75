# function: softmax_cross_entropy
# may lose: logits_one_hot, logits_soft, logits_vector, logits_vector_forms, logits_told_apart, logits_kinds
# textbook
# better than: logits_labels_only_unstable
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
    s = z - z.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(z)), t].mean()
