# Only the probability of the right class is looked at; soft targets take the other road.
import numpy as np


def _as_batch(a, t):
    a, t = np.asarray(a, dtype=float), np.asarray(t)
    labels = t.ndim < a.ndim
    a = a.reshape(-1, a.shape[-1])
    return a, t.reshape(len(a)) if labels else t.reshape(a.shape), labels


def cross_entropy(p, t, eps=1e-12):
    p, t, labels = _as_batch(p, t)
    n, k = p.shape
    if labels:
        q = p.ravel()[np.arange(n) * k + t]
        q = np.where(q < eps, eps, q)
        return abs(np.log(q).sum() / n)
    used = t > 0
    return np.sum(t[used] * -np.log(np.fmax(p[used], eps))) / n


def softmax_cross_entropy(z, t):
    # -log p_t = log(sum_j exp(z_j - z_t)), shifted once more by the largest difference
    z, t, labels = _as_batch(z, t)
    mine = z[np.arange(len(z)), t][:, None] if labels else np.sum(z * t, axis=1, keepdims=True)
    d = z - mine
    top = d.max(axis=1)
    return (top + np.log(np.exp(d - top[:, None]).sum(axis=1))).sum() / len(z)
