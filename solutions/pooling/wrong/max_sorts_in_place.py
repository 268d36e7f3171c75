# fails: test_argument_unchanged, test_overlap, test_together
# cause: mutated_argument
import numpy as np


def max_pool2d(x, k, stride=None, padding=0):
    x = np.asarray(x, dtype=float)
    stride = k if stride is None else stride
    n, c, h, w = x.shape
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    oh = (h + 2 * padding - k) // stride + 1
    ow = (w + 2 * padding - k) // stride + 1
    out = np.zeros((n, c, oh, ow))
    for i in range(oh):
        for j in range(ow):
            top, left = i * stride, j * stride
            window = x[:, :, top : top + k, left : left + k]
            window.sort(axis=3)
            out[:, :, i, j] = window[:, :, :, -1].max(axis=2)
    return out


def avg_pool2d(x, k, stride=None, padding=0):
    x = np.asarray(x, dtype=float)
    stride = k if stride is None else stride
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))[:, :, ::stride, ::stride]
    return windows.mean(axis=(4, 5))
