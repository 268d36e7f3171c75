# fails: test_vector, test_vector_with_label, test_vector_of_logits, test_vector_of_logits_with_label
# cause: one_sample_divided
import numpy as np


def cross_entropy(p, t, eps=1e-12):
    p, t = np.asarray(p, dtype=float), np.asarray(t)
    if p.ndim == 1:
        t = t if t.ndim else np.eye(len(p))[t]
        return -np.sum(t * np.log(np.maximum(p, eps))) / len(p)
    log_p = np.log(np.maximum(p, eps))
    if t.ndim == 2:
        return -np.sum(t * log_p) / len(p)
    return -np.mean(log_p[np.arange(len(p)), t])


def softmax_cross_entropy(z, t):
    z, t = np.asarray(z, dtype=float), np.asarray(t)
    if z.ndim == 1:
        t = t if t.ndim else np.eye(len(z))[t]
        z = z - z.max()
        return -np.sum(t * (z - np.log(np.exp(z).sum()))) / len(z)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    if t.ndim == 2:
        return -np.sum(t * log_p) / len(z)
    return -np.mean(log_p[np.arange(len(z)), t])
