# fails: test_mean, test_labels, test_one_hot, test_soft_targets, test_labels_that_look_like_one_hot
# cause: not_accumulated
import numpy as np


def cross_entropy(p, t, eps=1e-12):
    p, t = np.asarray(p, dtype=float), np.asarray(t)
    if p.ndim == 1:
        p, t = p[None], t[None]
    loss = 0.0
    for row, target in zip(p, t):
        log_p = np.log(np.maximum(row, eps))
        loss = -(log_p[target] if target.ndim == 0 else np.sum(target * log_p))
    return loss


def softmax_cross_entropy(z, t):
    z, t = np.asarray(z, dtype=float), np.asarray(t)
    if z.ndim == 1:
        z, t = z[None], t[None]
    loss = 0.0
    for row, target in zip(z, t):
        log_p = row - row.max() - np.log(np.exp(row - row.max()).sum())
        loss = -(log_p[target] if target.ndim == 0 else np.sum(target * log_p))
    return loss
