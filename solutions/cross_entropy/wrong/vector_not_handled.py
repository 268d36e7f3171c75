# fails: test_vector, test_vector_with_label, test_vector_of_logits, test_vector_of_logits_with_label
# cause: one_sample_not_handled
import numpy as np


def cross_entropy(p, t, eps=1e-12):
    p, t = np.asarray(p, dtype=float), np.asarray(t)
    log_p = np.log(np.maximum(p, eps))
    if t.ndim == 2:
        return -np.sum(t * log_p) / len(p)
    return -np.mean(log_p[np.arange(len(p)), t])


def softmax_cross_entropy(z, t):
    z, t = np.asarray(z, dtype=float), np.asarray(t)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    if t.ndim == 2:
        return -np.sum(t * log_p) / len(z)
    return -np.mean(log_p[np.arange(len(z)), t])
