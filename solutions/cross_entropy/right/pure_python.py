import math


def _rows(a):
    return a.tolist() if hasattr(a, "tolist") else a


def _batch(a, t):
    a, t = _rows(a), _rows(t)
    return ([a], [t]) if not isinstance(a[0], (list, tuple)) else (a, t)


def _weights(target, k):
    return target if isinstance(target, (list, tuple)) else [1 if i == target else 0 for i in range(k)]


def cross_entropy(p, t, eps=1e-12):
    p, t = _batch(p, t)
    total = 0.0
    for row, target in zip(p, t):
        for a, w in zip(row, _weights(target, len(row))):
            if w:
                total -= w * math.log(a if a > eps else eps)
    return total / len(p)


def softmax_cross_entropy(z, t):
    z, t = _batch(z, t)
    total = 0.0
    for row, target in zip(z, t):
        m = max(row)
        log_sum = m + math.log(math.fsum(math.exp(a - m) for a in row))
        total += sum(w * (log_sum - a) for a, w in zip(row, _weights(target, len(row))))
    return total / len(z)
