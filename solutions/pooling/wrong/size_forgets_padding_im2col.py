# fails: test_max_padding_negative, test_padding, test_max_padding_integers
# cause: size_forgets_padding
import numpy as np


def _pool(x, k, stride, padding, reduce, fill):
    x = np.asarray(x, dtype=float)
    stride = k if stride is None else stride
    n, c, h, w = x.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=fill)
    ph, pw = xp.shape[2:]
    col = []
    for i in range(0, ph - k + 1, stride):
        for j in range(0, pw - k + 1, stride):
            col.append(reduce(xp[:, :, i : i + k, j : j + k], axis=(2, 3)))
    oh, ow = (h - k) // stride + 1, (w - k) // stride + 1
    return np.array(col).reshape(oh, ow, n, c).transpose(2, 3, 0, 1)


def max_pool2d(x, k, stride=None, padding=0):
    return _pool(x, k, stride, padding, np.max, -np.inf)


def avg_pool2d(x, k, stride=None, padding=0):
    return _pool(x, k, stride, padding, np.mean, 0.0)
