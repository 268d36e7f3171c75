import math

import numpy as np


def _vector(v):
    m = max(v)
    e = [math.exp(a - m) for a in v]
    s = math.fsum(e)
    return [a / s for a in e]


def _last(x):
    if x and isinstance(x[0], list):
        return [_last(r) for r in x]
    return _vector(x) if x else []


def softmax(x, axis=-1):
    moved = np.moveaxis(np.array(x, dtype=float), axis, -1)
    rows = _last(moved.tolist())
    return np.moveaxis(np.reshape(rows, moved.shape), -1, axis).tolist()
