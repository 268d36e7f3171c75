# fails: test_labels, test_vector, test_vector_with_label, test_labels_that_look_like_one_hot
# cause: labels_multiplied
import numpy as np


def cross_entropy(p, t, eps=1e-12):
    p = np.maximum(p, eps)
    return -np.sum(t * np.log(p)) / p.shape[0]


def softmax_cross_entropy(z, t):
    z = np.asarray(z, dtype=float)
    t = np.asarray(t)
    if z.ndim == 1:
        z = z[None]
        t = t[None]
    s = z - z.max(axis=1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    if t.ndim == z.ndim:
        return -np.mean(np.sum(t * logp, axis=1))
    return -np.mean(logp[np.arange(len(z)), t])
