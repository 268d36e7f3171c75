# Compares or adds k*k shifted images; keeps float32 and pads with the smallest finite number.
import numpy as np


def _shifts(x, k, stride, padding, fill):
    x = np.asarray(x)
    if x.dtype.kind != "f":
        x = x.astype(float)
    s = stride or k
    x = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=fill(x.dtype))
    rows, columns = x.shape[2] - k + 1, x.shape[3] - k + 1
    for a in range(k):
        for b in range(k):
            yield x[:, :, a : a + rows : s, b : b + columns : s]


def max_pool2d(x, k, stride=None, padding=0):
    out = None
    for piece in _shifts(x, k, stride, padding, lambda t: np.finfo(t).min):
        out = piece.copy() if out is None else np.maximum(out, piece)
    return out


def avg_pool2d(x, k, stride=None, padding=0):
    return sum(_shifts(x, k, stride, padding, lambda t: 0)) / k**2
