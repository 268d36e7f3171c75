import numpy as np


def cross_entropy(p, t, eps=1e-12):
    p = np.array(p, dtype=float)
    t = np.array(t)
    if p.ndim == 2:
        return sum(cross_entropy(a, b, eps) for a, b in zip(p, t)) / len(p)
    p = np.where(p < eps, eps, p)
    if t.ndim == 0:
        return -np.log(p[int(t)])
    return -np.dot(t, np.log(p))


def softmax_cross_entropy(z, t):
    z = np.array(z, dtype=float)
    t = np.array(t)
    if z.ndim == 2:
        return np.mean([softmax_cross_entropy(a, b) for a, b in zip(z, t)])
    m = np.max(z)
    lse = m + np.log(np.sum(np.exp(z - m)))
    return lse - (z[t] if t.ndim == 0 else t @ z)
