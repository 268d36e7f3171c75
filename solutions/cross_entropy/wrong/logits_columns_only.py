# fails: test_one_loss_of_logits, test_mean_of_logits, test_logits_with_labels, test_logits_with_one_hot, test_logits_with_soft_targets
# cause: columns
import numpy as np


def cross_entropy(p, t, eps=1e-12):
    p = np.asarray(p, dtype=float)
    t = np.asarray(t)
    if p.ndim == 1:
        p = p[None]
        t = t[None]
    q = np.log(np.maximum(p, eps))
    if t.ndim == p.ndim:
        return -np.mean(np.sum(t * q, axis=1))
    return -np.mean(q[np.arange(len(p)), t])


def softmax_cross_entropy(z, t):
    z = np.asarray(z, dtype=float)
    t = np.asarray(t)
    if z.ndim == 1:
        z = z[None]
        t = t[None]
    if t.ndim == 1:
        t = np.eye(z.shape[1])[t]
    m = z.max(axis=0)
    lse = m + np.log(np.exp(z - m).sum(axis=0))
    return np.mean(lse - np.sum(t * z, axis=1))
