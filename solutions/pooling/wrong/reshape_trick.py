# fails: test_gaps, test_overlap, test_remainder
# cause: tiles_do_not_fit
import numpy as np


def _tiles(x, k, padding, fill):
    x = np.asarray(x, dtype=float)
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=fill)
    n, c, h, w = x.shape
    return x.reshape(n, c, h // k, k, w // k, k)


def max_pool2d(x, k, stride=None, padding=0):
    return _tiles(x, k, padding, -np.inf).max(axis=(3, 5))


def avg_pool2d(x, k, stride=None, padding=0):
    return _tiles(x, k, padding, 0).mean(axis=(3, 5))
