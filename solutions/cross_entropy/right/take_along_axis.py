import numpy as np


def _prep(a):
    a = np.asarray(a)
    return a if a.dtype in (np.float32, np.float64) else a.astype(np.float64)


def cross_entropy(p, t, eps=1e-12):
    p, t = _prep(p), np.asarray(t)
    if p.ndim > t.ndim:
        picked = np.take_along_axis(p, np.expand_dims(t.astype(np.int64), -1), axis=-1)
        return np.average(-np.log(np.maximum(picked, eps)))
    return np.average(-np.einsum("...k,...k->...", t, np.log(np.maximum(p, eps))))


def softmax_cross_entropy(z, t):
    z, t = _prep(z), np.asarray(t)
    s = z - z.max(-1, keepdims=True)
    lp = s - np.log(np.exp(s).sum(-1, keepdims=True))
    if z.ndim > t.ndim:
        return np.average(-np.take_along_axis(lp, np.expand_dims(t.astype(np.int64), -1), axis=-1))
    return np.average(-(t * lp).sum(-1))
