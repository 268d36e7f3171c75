# fails: test_labels, test_vector_with_label, test_labels_that_look_like_one_hot, test_logits_with_labels, test_vector_of_logits_with_label
# cause: labels_multiplied
import numpy as np


def cross_entropy(p, t, eps=1e-12):
    p, t = np.asarray(p, dtype=float), np.asarray(t)
    if p.ndim == 1:
        p, t = p[None], t[None]
    log_p = np.log(np.maximum(p, eps))
    return -np.sum(t * log_p) / len(p)


def softmax_cross_entropy(z, t):
    z, t = np.asarray(z, dtype=float), np.asarray(t)
    if z.ndim == 1:
        z, t = z[None], t[None]
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -np.sum(t * log_p) / len(z)
