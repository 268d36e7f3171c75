# fails: test_max, test_max_negative, test_average
# cause: channels_last_input
import numpy as np


def max_pool2d(x, k, stride=None, padding=0):
    x = np.asarray(x, dtype=float)
    stride = k if stride is None else stride
    n, h, w, c = x.shape
    x = np.pad(x, ((0, 0), (padding, padding), (padding, padding), (0, 0)), constant_values=-np.inf)
    oh = (h + 2 * padding - k) // stride + 1
    ow = (w + 2 * padding - k) // stride + 1
    out = np.zeros((n, oh, ow, c))
    for i in range(oh):
        for j in range(ow):
            top, left = i * stride, j * stride
            window = x[:, top : top + k, left : left + k]
            out[:, i, j] = window.max(axis=(1, 2))
    return out


def avg_pool2d(x, k, stride=None, padding=0):
    x = np.asarray(x, dtype=float)
    stride = k if stride is None else stride
    n, h, w, c = x.shape
    x = np.pad(x, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    oh = (h + 2 * padding - k) // stride + 1
    ow = (w + 2 * padding - k) // stride + 1
    out = np.zeros((n, oh, ow, c))
    for i in range(oh):
        for j in range(ow):
            top, left = i * stride, j * stride
            window = x[:, top : top + k, left : left + k]
            out[:, i, j] = window.mean(axis=(1, 2))
    return out
