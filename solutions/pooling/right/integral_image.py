# Average from a summed-area table, maximum by reshaping where windows tile the image.
import numpy as np


def _pad(x, p, value):
    x = np.asarray(x, dtype=float)
    return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="constant", constant_values=value)


def max_pool2d(x, k, stride=None, padding=0):
    x = _pad(x, padding, float("-inf"))
    n, c, h, w = x.shape
    if stride in (None, k):
        tiles = x[:, :, : h // k * k, : w // k * k].reshape(n, c, h // k, k, w // k, k)
        return tiles.max(axis=5).max(axis=3)
    rows, columns = range(0, h - k + 1, stride), range(0, w - k + 1, stride)
    return np.array([[x[:, :, i : i + k, j : j + k].max((2, 3)) for j in columns] for i in rows]).transpose(2, 3, 0, 1)


def avg_pool2d(x, k, stride=None, padding=0):
    stride = k if stride is None else stride
    table = np.pad(_pad(x, padding, 0).cumsum(axis=2).cumsum(axis=3), ((0, 0), (0, 0), (1, 0), (1, 0)))
    total = table[:, :, k:, k:] - table[:, :, :-k, k:] - table[:, :, k:, :-k] + table[:, :, :-k, :-k]
    return total[:, :, ::stride, ::stride] / k / k
