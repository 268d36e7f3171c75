# fails: test_argument_unchanged, test_overlap, test_together
# cause: mutated_argument
import numpy as np


def max_pool2d(x, k, stride=None, padding=0):
    x = np.asarray(x, dtype=float)
    stride = k if stride is None else stride
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))[:, :, ::stride, ::stride]
    return windows.max(axis=(4, 5))


def avg_pool2d(x, k, stride=None, padding=0):
    x = np.asarray(x, dtype=float)
    stride = k if stride is None else stride
    n, c, h, w = x.shape
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh = (h + 2 * padding - k) // stride + 1
    ow = (w + 2 * padding - k) // stride + 1
    out = np.zeros((n, c, oh, ow))
    for i in range(oh):
        for j in range(ow):
            top, left = i * stride, j * stride
            window = x[:, :, top : top + k, left : left + k]
            window /= k**2
            out[:, :, i, j] = window.sum(axis=(2, 3))
    return out
