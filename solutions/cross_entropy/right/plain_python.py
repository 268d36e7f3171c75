import numpy as np

import math


def _rows(a, t):
    a = np.asarray(a)
    t = np.asarray(t)
    if a.ndim == 1:
        a, t = a[np.newaxis], t[np.newaxis]
    return a.astype(float).tolist(), t.tolist()


def cross_entropy(p, t, eps=1e-12):
    p, t = _rows(p, t)
    total = 0.0
    for row, target in zip(p, t):
        if isinstance(target, list):
            for a, b in zip(row, target):
                total -= b * math.log(max(a, eps))
        else:
            total -= math.log(max(row[target], eps))
    return total / len(p)


def softmax_cross_entropy(z, t):
    z, t = _rows(z, t)
    total = 0.0
    for row, target in zip(z, t):
        m = max(row)
        lse = m + math.log(sum(math.exp(v - m) for v in row))
        if isinstance(target, list):
            total += lse - sum(a * b for a, b in zip(row, target))
        else:
            total += lse - row[target]
    return total / len(z)
